/* Sheets by keyboard: digits tick the options of the question in hand, 0 says that it cannot be
   told, Backspace clears it, Enter goes on to the next question and from the last to the next
   sheet.  With ten options and more a number has two digits.  Without this script the boxes are
   ticked by hand.  Where numbers stand on the sheet they are typed, and Enter goes on to the next. */

const form = document.getElementById("sheet");
const questions = [...form.querySelectorAll("fieldset")];
let here = 0, typed = "";

const numbers = () => [...questions[here].querySelectorAll("input[type=number]")];
const boxes = () => [...questions[here].querySelectorAll("input[type=checkbox]")];

function go(to) {
  here = to;
  typed = "";
  (numbers()[0] || boxes()[0]).focus({ preventScroll: true });
  questions[here].scrollIntoView({ block: "nearest" });
}

function pick(digit) {
  const width = boxes().length > 10 ? 2 : 1;
  typed += digit;
  if (typed.length < width && typed !== "0") return;
  const value = Number(typed) ? String(Number(typed)) : "x";
  typed = "";
  const box = boxes().find((each) => each.value === value);
  if (!box) return;
  box.checked = !box.checked;
  if (box.checked) {
    for (const each of boxes()) if ((each.value === "x") !== (value === "x")) each.checked = false;
  }
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const cells = numbers(), at = cells.indexOf(event.target);
  if (cells.length && event.key !== "Enter") return;
  if (at >= 0 && at < cells.length - 1) cells[at + 1].focus();
  else if (/^[0-9]$/.test(event.key)) pick(event.key);
  else if (event.key === "Backspace") { for (const box of boxes()) box.checked = false; typed = ""; }
  else if (event.key === "Enter" && here < questions.length - 1) go(here + 1);
  else if (event.key === "Enter") form.requestSubmit();
  else return;
  event.preventDefault();
});
form.addEventListener("focusin", (event) => {
  const at = questions.findIndex((each) => each.contains(event.target));
  if (at >= 0 && at !== here) { here = at; typed = ""; }
});
go(0);
