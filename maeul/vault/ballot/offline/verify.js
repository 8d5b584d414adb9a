/* The page of the check: a bundle from the disk in, sentences out. */

const first = (selector) => document.querySelector(selector);
const form = first("[data-form]");
let checker;

const numbers = (field) =>
  field.value.toLowerCase().split(/\n/).map((line) => line.replace(/\s+/g, "")).filter(Boolean);

function refuse(sentence) {
  const box = first("[data-error]");
  box.textContent = sentence;
  box.hidden = false;
  box.focus();
}

async function look() {
  first("[data-error]").hidden = first("[data-done]").hidden = true;
  const { bundle, head, tracker } = form.elements;
  if (!bundle.files.length) return refuse("먼저 묶음을 골라 주세요.");
  const bytes = new Uint8Array(await bundle.files[0].arrayBuffer());
  let said;
  try {
    said = checker.check(bytes, numbers(head), numbers(tracker));
  } catch (error) {
    return refuse(`틀림: ${error.message}`);
  }
  first("[data-said]").replaceChildren(...said.map((sentence) =>
    Object.assign(document.createElement("li"), { textContent: sentence })));
  first("[data-done]").hidden = false;
  return first("[data-done]").focus();
}

async function begin() {
  await vendored.sodium.ready;
  checker = makeCheck(vendored);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    look();
  });
}

begin();
