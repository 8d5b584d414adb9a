/* Saves round trips only; every page works without it.
   Size and theme change at once and are told to the server, which remembers them in a cookie. */
(function (root, script) {
  "use strict";
  if (matchMedia("(min-width: 600px)").matches) {
    // Phones use their own Korean font; wider screens load the slices they need.
    var font = document.createElement("link");
    font.rel = "stylesheet";
    font.href = script.dataset.font;
    document.head.append(font);
  }
  document.addEventListener("DOMContentLoaded", function () {
    // A form that was sent and answered by another page: its draft has done its duty (core/draft.js).
    try {
      var sent = sessionStorage.getItem("draft-sent");
      if (!sent || document.querySelector("form[data-draft], .error-summary")) return;
      sessionStorage.removeItem("draft-sent");
      // Asked to sign in first: the text waits for the way back.
      if (!location.pathname.startsWith("/accounts/")) sessionStorage.removeItem(sent);
    } catch (error) { /* storage is switched off: nothing was kept */ }
  });
  addEventListener("click", function (event) {
    var button = event.target.closest("button[data-look]");
    if (button) {
      event.preventDefault();
      if (button.value === "auto" || button.value === "normal") delete root.dataset[button.name];
      else root.dataset[button.name] = button.value;
      document.querySelectorAll("button[data-look][name=" + button.name + "]").forEach(function (other) {
        other.setAttribute("aria-pressed", String(other.value === button.value));
      });
      var body = new URLSearchParams(new FormData(button.form));
      body.set(button.name, button.value);
      fetch(button.form.action, { method: "POST", body: body, redirect: "manual", keepalive: true });
      return;
    }
    // A sheet of the head closes when one taps beside it.
    document.querySelectorAll(".site-header details[open]").forEach(function (sheet) {
      if (!sheet.contains(event.target)) sheet.open = false;
    });
  });
  addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll(".site-header details[open]").forEach(function (sheet) {
      sheet.open = false;
      sheet.querySelector("summary").focus();
    });
  });
})(document.documentElement, document.currentScript);
