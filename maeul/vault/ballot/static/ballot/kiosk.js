/* A tablet at a booth: one voter after the other, and nothing of the last one left.  Who stands
   still is asked, then the page goes back to the start; so does the receipt after a while. */

const data = JSON.parse(document.getElementById("ballot-data").textContent);
const idle = document.getElementById("idle");
const ASK_AFTER = 90_000, GO_AFTER = 30_000, RECEIPT_STAYS = 45_000;

let waiting, going;

function leave() {
  document.getElementById("choose").reset();
  document.body.replaceChildren();
  location.replace(data.start);
}

function touched() {
  clearTimeout(waiting);
  clearTimeout(going);
  idle.hidden = true;
  waiting = setTimeout(() => {
    idle.hidden = false;
    idle.scrollIntoView({ block: "center" });
    going = setTimeout(leave, GO_AFTER);
  }, ASK_AFTER);
}

for (const event of ["pointerdown", "keydown", "wheel", "touchmove"]) addEventListener(event, touched);
document.addEventListener("ballot:done", () => setTimeout(leave, RECEIPT_STAYS));
document.addEventListener("click", (event) => {
  if (!event.target.closest("#finish")) return;
  event.preventDefault();
  leave();
});
addEventListener("pagehide", () => document.getElementById("choose")?.reset());
addEventListener("pageshow", (event) => event.persisted && leave());
touched();
