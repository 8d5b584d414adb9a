/* The ballot page.  What is chosen stays in this window: it is locked with two locks here, and
   only the locked bytes are sent.  One sealing per review; a retry sends the same bytes. */

import { seal } from "../vendor/sealedbox/sealedbox.js";
import { marked } from "./marking.js";
import { compose, hex, unhex } from "./plaintext.js";

const data = JSON.parse(document.getElementById("ballot-data").textContent);
const words = JSON.parse(document.getElementById("ballot-words").textContent);
const at = (id) => document.getElementById(id);
const form = at("choose");
const key = `maeul.ballot.${data.election}`;

let manifest, chain0, questions, sealed;

const say = (name, facts = {}) =>
  words[name].replace(/\{(\w+)\}/g, (_, fact) => String(facts[fact]));

// Sums, as people read them

function amount(minor) {
  const { code, minor_digits: digits } = manifest.currency;
  if (code === "KRW") return inWords(minor);
  const text = String(minor).padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  const rest = text.slice(text.length - digits);
  return `${Number(whole).toLocaleString("ko")}${/[1-9]/.test(rest) ? `.${rest}` : ""} ${code}`;
}

function inWords(won) {
  const eok = Math.floor(won / 1e8), man = Math.floor((won % 1e8) / 1e4), single = won % 1e4;
  const parts = [];
  if (eok) parts.push(`${eok.toLocaleString("ko")}억`);
  if (man) parts.push(`${man.toLocaleString("ko")}만`);
  if (single || !parts.length) parts.push(single.toLocaleString("ko"));
  return `${parts.join(" ")}원`;
}

// What is marked

/** Lines under the picks that no longer fit, the running count, the bar. */
function refresh() {
  for (const question of questions) {
    for (const [option, text] of question.notes()) {
      const note = at(`${question.key}-${option.number}-note`);
      note.hidden = !text;
      note.querySelector("span").textContent = text;
    }
    show(question, question.problem());
  }
  const now = questions.length === 1 ? questions[0] : nearest();
  const which = questions.length === 1 ? "" : say("which", { n: questions.indexOf(now) + 1 });
  at("running-count").textContent = which + now.describe();
  at("running-left").textContent = now.room();
  draw(at("running-bar"), now.parts());
}

function change(event) {
  const place = event.target.closest("[data-question]");
  questions.find((each) => each.key === place?.dataset.question)?.changed(event.target);
  refresh();
}

/** The question one is at: of the focused field, else the first one. */
function nearest() {
  const place = document.activeElement?.closest?.("[data-question]");
  return questions.find((each) => each.key === place?.dataset.question) || questions[0];
}

function show(question, text) {
  const box = form.querySelector(`[data-question="${question.key}"] [data-problem]`);
  box.hidden = !text;
  box.querySelector("p").textContent = text;
  return box;
}

/** `parts`: shares of a limit, each at most the whole. */
function draw(bar, parts) {
  bar.replaceChildren();
  bar.toggleAttribute("hidden", parts === null);
  let from = 0;
  (parts || []).forEach((share, n) => {
    const part = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    part.setAttribute("class", `p${(n % 5) + 1}`);
    part.setAttribute("x", `${from}%`);
    part.setAttribute("width", `${Math.max(0, Math.min(100 * share, 100 - from))}%`);
    part.setAttribute("height", "100%");
    from += 100 * share;
    bar.append(part);
  });
}

// The steps

const headline = at("headline").textContent;
const lead = at("lead").textContent;

function step(number) {
  [...at("steps").children].forEach((item, n) => {
    item.dataset.at = n + 1 < number ? "past" : n + 1 === number ? "now" : "ahead";
    if (n + 1 === number) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  });
  form.hidden = at("running").hidden = number !== 1;
  at("review").hidden = number !== 2;
  at("receipt").hidden = number !== 4;
  for (const id of ["before", "pending"]) if (at(id) && number !== 1) at(id).hidden = true;
}

function head(title, text) {
  at("headline").textContent = title;
  at("lead").textContent = text;
  scrollTo(0, 0);
  at("headline").focus();
}

function choose() {
  sealed = undefined;
  at("told").textContent = "";
  at("refused").hidden = true;
  step(1);
  refresh();
}

function again() {
  choose();
  head(headline, lead);
}

function check() {
  const wrong = questions.find((question) => question.problem());
  if (wrong) {
    refresh();
    const box = show(wrong, wrong.problem());
    box.scrollIntoView({ block: "center" });
    box.focus();
    return;
  }
  at("chosen").replaceChildren(...questions.map(review));
  sealed = undefined;
  step(2);
  head(say("review"), say("review_lead"));
  if (!data.slip) history.pushState({ step: 2 }, "");
}

function review(question) {
  const part = at("chosen-question").content.cloneNode(true);
  part.querySelector("h2").textContent = question.title;
  const list = part.querySelector("ul");
  const rows = question.rows();
  for (const [option, side] of rows) {
    const row = at("chosen-option").content.cloneNode(true);
    row.querySelector(".row .row-title").textContent = option.title;
    row.querySelector(".row-text").textContent = option.place;
    row.querySelector("strong").textContent = side;
    list.append(row);
  }
  if (!rows.length) list.replaceWith(Object.assign(document.createElement("p"), { textContent: say("blank") }));
  const line = part.querySelector(".budget-bar");
  if (question.isSummedUp) {
    line.querySelector("strong").textContent = question.describe();
    line.querySelector("span").textContent = question.room();
  } else line.remove();
  return part;
}

// Sealing and sending

async function put() {
  at("put").disabled = at("back").disabled = true;
  at("told").textContent = say("sealing");
  try {
    if (!sealed) {
      const answers = Object.fromEntries(questions.map(({ key, answer }) => [key, answer]));
      const plaintext = compose(manifest, chain0, data.style, answers);
      const [outer, inner] = manifest.locks.map((lock) => unhex(lock.public_key));
      const bytes = seal(seal(plaintext, inner), outer);
      sealed = {
        sealed: btoa(String.fromCharCode(...bytes)),
        tracker: hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))),
      };
      keep(sealed);
    }
    await send(sealed);
  } finally {
    at("put").disabled = at("back").disabled = false;
  }
}

/** At a kiosk nothing is kept.  Else the locked bytes outlive a lost connection or a closed tab; they say nothing of the choice. */
const keep = (ballot) => data.slip || sessionStorage.setItem(key, JSON.stringify(ballot));
const forget = () => data.slip || sessionStorage.removeItem(key);

async function send(ballot, pauses = [500, 1000, 2000, 4000]) {
  at("refused").hidden = true;
  at("told").textContent = say("sending");
  for (let tries = 0; ; tries++) {
    const answer = await post(ballot);
    if (answer && answer.status === 200) return receipt(ballot, await answer.json());
    if (answer && answer.status < 500) return refuse(await sentence(answer));
    if (tries === pauses.length) return refuse(say("failed"), true);
    at("told").textContent = say("again");
    await new Promise((done) => setTimeout(done, pauses[tries]));
  }
}

async function post(ballot) {
  try {
    return await fetch(data.cast, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value,
      },
      body: JSON.stringify(data.slip ? { ...ballot, slip: data.slip } : ballot),
    });
  } catch {
    return null;
  }
}

async function sentence(answer) {
  try {
    return (await answer.json()).sentence || say("failed");
  } catch {
    return say("failed");
  }
}

function refuse(text, again = false) {
  if (!again) forget();
  at("told").textContent = "";
  at("retry").hidden = !again;
  at("refused").querySelector("p").textContent = text;
  at("refused").hidden = false;
  at("refused").focus();
}

function receipt(ballot, answer) {
  if (answer.tracker !== ballot.tracker) return refuse(say("failed"), true);
  forget();
  at("told").textContent = "";
  const groups = ballot.tracker.slice(0, 16).toUpperCase().match(/.{4}/g);
  at("code").setAttribute("aria-label", groups.join(" "));
  at("code").replaceChildren(
    ...groups.map((group) => Object.assign(document.createElement("span"), { textContent: group })),
  );
  at("tracker").textContent = ballot.tracker;
  if (at("keep")) offer(ballot.tracker, answer.signature);
  form.reset();
  questions.forEach((question) => question.forget());
  at("chosen").replaceChildren();
  sealed = undefined;
  step(4);
  head(say("done"), say("done_lead"));
  if (!data.slip) history.replaceState({ step: 4 }, "");
  document.dispatchEvent(new Event("ballot:done"));
}

function offer(tracker, signature) {
  const slip = {
    election: data.election,
    chain0: hex(chain0),
    tracker,
    signature,
    receipt_key: manifest.receipt_key,
  };
  at("keep").href = URL.createObjectURL(
    new Blob([JSON.stringify(slip, null, 1)], { type: "application/json" }),
  );
}

// Beginning

async function begin() {
  if (!globalThis.crypto?.subtle) return refuseToBegin("insecure");
  let bytes;
  try {
    const answer = await fetch(data.manifest);
    if (!answer.ok) return refuseToBegin("not_ready");
    bytes = new Uint8Array(await answer.arrayBuffer());
  } catch {
    return refuseToBegin("not_ready");
  }
  chain0 = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  manifest = JSON.parse(new TextDecoder().decode(bytes));
  questions = manifest.questions
    .filter((each) => manifest.styles[data.style].includes(each.key))
    .map((each) => marked(each, form, { say, amount }));
  if (!form.isConnected) return; // a tablet has gone back to its start meanwhile
  form.addEventListener("change", change);
  form.addEventListener("input", refresh);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("focusin", refresh);
  at("check").addEventListener("click", check);
  at("back").addEventListener("click", () => (data.slip ? again() : history.back()));
  at("put").addEventListener("click", put);
  at("retry").addEventListener("click", () => sealed && send(sealed));
  at("print")?.addEventListener("click", () => print());
  addEventListener("popstate", () => {
    if (!at("review").hidden) again();
    else if (!at("receipt").hidden) location.reload();
  });
  pending();
  choose();
}

function pending() {
  const left = data.slip ? null : sessionStorage.getItem(key);
  if (!left) return;
  at("pending").hidden = false;
  at("resend").addEventListener("click", async () => {
    sealed = JSON.parse(left);
    at("resend").disabled = true;
    await send(sealed);
    at("resend").disabled = false;
  });
}

function refuseToBegin(name) {
  at("retry").hidden = true;
  at("refused").querySelector("p").textContent = say(name);
  at("refused").hidden = false;
}

begin();
