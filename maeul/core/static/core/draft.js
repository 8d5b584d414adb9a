/* Keeps what somebody is writing while the tab is open: over a reload, a lost connection or signing in.
   <form data-draft="agenda-new"> … <p class="subtle" data-draft-note hidden></p> … </form>
   The words of the note come from its attributes, so that they stay with the other texts. */
(function () {
  "use strict";
  var SENT = "draft-sent";
  function key(form) { return "draft:" + form.dataset.draft; }
  function fields(form) {
    return Array.from(form.elements).filter(function (field) {
      return field.name && !/^(hidden|password|file|submit|button|reset)$/.test(field.type);
    });
  }
  function kept(form) {
    try { return JSON.parse(sessionStorage.getItem(key(form))) || null; } catch (error) { return null; }
  }
  function save(form) {
    var values = {};
    fields(form).forEach(function (field) {
      if (/^(checkbox|radio)$/.test(field.type)) {
        if (field.checked) (values[field.name] = values[field.name] || []).push(field.value);
      } else if (field.value) values[field.name] = field.value;
    });
    try { sessionStorage.setItem(key(form), JSON.stringify(values)); } catch (error) { /* full: the page still works */ }
  }
  function untouched(form) {
    return fields(form).every(function (field) {
      if (/^(checkbox|radio)$/.test(field.type)) return field.checked === field.defaultChecked;
      return field.type === "select-one" || !field.value;
    });
  }
  function restore(form, values) {
    fields(form).forEach(function (field) {
      var value = values[field.name];
      if (value === undefined) return;
      if (/^(checkbox|radio)$/.test(field.type)) field.checked = [].concat(value).includes(field.value);
      else field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  document.querySelectorAll("form[data-draft]").forEach(function (form) {
    var sent = sessionStorage.getItem(SENT) === key(form);
    var values = kept(form);
    if (sent && !form.querySelector(".error-summary") && !document.querySelector(".error-summary")) {
      // It arrived: this is an empty form once more.
      sessionStorage.removeItem(key(form));
      values = null;
    }
    if (sent) sessionStorage.removeItem(SENT);
    if (values && Object.keys(values).length && untouched(form)) {
      restore(form, values);
      var note = form.querySelector("[data-draft-note]");
      if (note) { note.textContent = note.dataset.draftNote; note.hidden = false; }
    }
    form.addEventListener("input", function () { save(form); });
    form.addEventListener("submit", function () { sessionStorage.setItem(SENT, key(form)); });
  });
})();
