/* The steps of the holders' file.  All of it happens in this window; nothing is sent anywhere. */

const SENTENCES = {
  name_missing: "보관인의 이름을 적어 주세요.",
  file_missing: "파일을 골라 주세요.",
  two_words: "두 비밀말이 다릅니다. 다시 적어 주세요.",
  short_passphrase: "비밀말은 열두 글자 이상으로 정해 주세요. 낱말 네다섯 개를 이어 쓰면 외우기 쉽습니다.",
  bad_key_file: "열쇠 파일이 아니거나 망가졌습니다.",
  wrong_passphrase: "비밀말이 맞지 않습니다. 다시 적어 주세요. 잊었다면 봉해 둔 사본을 씁니다.",
  not_a_rehearsal: "예행연습 파일이 아닙니다. 선거관리인에게서 rehearsal.json을 다시 받아 주세요.",
  keys_do_not_open: "이 두 열쇠로는 열리지 않습니다. 등록한 공개 열쇠와 같은 열쇠인지 확인해 주세요.",
  not_a_parcel: "묶음에 명세, 게시판, 목록이 다 들어 있지 않습니다. opening.zip을 다시 받아 주세요.",
  bad_manifest: "투표 명세를 읽을 수 없습니다. 묶음을 다시 받아 주세요.",
  list_of_another_election: "목록이 이 투표의 것이 아닙니다. 열지 말고 선거관리인에게 알려 주세요.",
  not_a_list: "목록을 읽을 수 없습니다. 묶음을 다시 받아 주세요.",
  list_not_by_tracker: "목록이 번호 차례가 아니거나 같은 표가 두 번 있습니다. 열지 말고 선거관리인에게 알려 주세요.",
  unknown_style: "목록에 이 투표에 없는 투표지 종류가 있습니다. 열지 말고 선거관리인에게 알려 주세요.",
  key_missing: "이 투표의 자물쇠에 맞지 않는 열쇠가 있습니다. 두 보관인의 열쇠를 모두 넣어 주세요.",
  broken_board: "게시판이 이어지지 않습니다. 열지 말고 선거관리인에게 알려 주세요.",
  head_wrong: "마감 값은 0~9와 a~f로 된 예순네 글자입니다. 빠지거나 더 적은 글자가 없는지 봐 주세요.",
  another_head: "게시판의 마지막 값이 적어 둔 값과 다릅니다. 잘못 적지 않았다면, 열지 말고 선거관리인에게 알려 주세요.",
  wrong_tracker: "번호가 봉투와 맞지 않는 표가 있습니다. 열지 말고 선거관리인에게 알려 주세요.",
  not_on_the_board: "게시판에 없는 표가 목록에 있습니다. 열지 말고 선거관리인에게 알려 주세요.",
  another_list: "목록의 지문이 읽은 값과 같은지 먼저 확인해 주세요.",
  unexpected: "뜻밖의 일로 멈췄습니다. 이 창을 닫고 처음부터 다시 해 주세요.",
};

const { sodium } = vendored;
const first = (selector, within = document) => within.querySelector(selector);
const every = (selector, within = document) => [...within.querySelectorAll(selector)];
const grouped = (text) => text.match(/.{1,4}/g).map((group) => {
  const part = document.createElement("span");
  part.textContent = group;
  return part;
});
const count = (number) => `${number.toLocaleString("ko")}표`;

let holders, parcel;

// Going from one thing to another

function show(view) {
  every("[data-view]").forEach((section) => { section.hidden = section.dataset.view !== view; });
  quiet();
  scrollTo(0, 0);
  first(`[data-view="${view}"] h1`).focus({ preventScroll: true });
}

function quiet() {
  first("[data-error]").hidden = first("[data-progress]").hidden = true;
  say("");
}

const say = (text) => { first("[data-status]").textContent = text; };

function refuse(error) {
  const code = Object.hasOwn(SENTENCES, error.code) ? error.code : "unexpected";
  if (code === "unexpected") console.error(error);
  say("");
  first("[data-progress]").hidden = true;
  const box = first("[data-error]");
  box.textContent = [SENTENCES[code], error.detail].filter(Boolean).join(" ");
  box.hidden = false;
  box.focus();
}

const stop = (code, detail) => { throw new holders.CannotOpen(code, detail); };

/** The browser draws what was said before the long work begins. */
const breathe = () => new Promise((done) => setTimeout(done, 30));

function done(act) {
  quiet();
  first(`[data-act="${act}"]`).hidden = true;
  const box = first(`[data-done="${act}"]`);
  box.hidden = false;
  box.focus();
  return box;
}

function offer(link, bytes, name) {
  link.href = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  link.download = name;
}

// What was typed and chosen

async function bytesOf(input) {
  if (!input.files.length) {
    input.focus();
    stop("file_missing", `(${first(`label[for="${input.id}"]`).textContent})`);
  }
  return new Uint8Array(await input.files[0].arrayBuffer());
}

function newPassphrase(form) {
  const [one, other] = [form.elements.passphrase.value, form.elements.again.value];
  if (!holders.longEnough(one)) stop("short_passphrase");
  if (one !== other) stop("two_words");
  return one;
}

async function unlocked(form, name) {
  const content = await bytesOf(form.elements[`${name}-key`]);
  say("열쇠를 푸는 중입니다. 몇 초 걸립니다.");
  await breathe();
  return holders.unlock(content, form.elements[`${name}-words`].value);
}

/** Only letters that may stand in a file's name. */
const fileName = (holder, ending) => `${holder.replace(/[^\p{L}\p{N}-]+/gu, "-")}${ending}`;

function wipe(form) {
  every('input[type="password"], input[data-shown]', form).forEach((input) => { input.value = ""; });
}

// The acts

const acts = {
  async make(form) {
    const holder = form.elements.holder.value.trim();
    if (!holder) stop("name_missing");
    const words = newPassphrase(form);
    say("열쇠를 만들어 잠그는 중입니다. 몇 초 걸립니다.");
    await breathe();
    const pair = holders.makeKey();
    const content = holders.protect(pair, holder, words);
    sodium.memzero(pair.privateKey);
    const publicKey = holders.hex(pair.publicKey);
    const box = done("make");
    offer(first("[data-file]", box), content, fileName(holder, ".key"));
    first("[data-public]", box).replaceChildren(...grouped(publicKey));
    const note = new TextEncoder().encode(`${holder}\n${publicKey}\n`);
    offer(first("[data-public-file]", box), note, fileName(holder, "-공개열쇠.txt"));
  },

  async copy(form) {
    const words = newPassphrase(form);
    const pair = await unlocked(form, "copy");
    const content = holders.protect(pair, pair.holder, words);
    sodium.memzero(pair.privateKey);
    offer(first("[data-file]", done("copy")), content, fileName(pair.holder, "-사본.key"));
  },

  async rehearse(form) {
    const content = await bytesOf(form.elements.file);
    const pairs = [await unlocked(form, "first"), await unlocked(form, "second")];
    const word = holders.openRehearsal(content, pairs);
    pairs.forEach((pair) => sodium.memzero(pair.privateKey));
    first("[data-word]", done("rehearse")).textContent = word;
  },

  async open(form) {
    const { quiet: off, watched, same } = form.elements;
    if (!parcel || !off.checked || !watched.checked || same.value !== "yes") stop("another_list");
    const head = typedHead(form);
    if (!/^[0-9a-f]{64}$/.test(head)) stop("head_wrong");
    const pairs = [await unlocked(form, "open-first"), await unlocked(form, "open-second")];
    say("목록과 게시판을 견주는 중입니다.");
    await breathe();
    const prepared = holders.prepare({ ...parcel, head, pairs });
    say("표를 여는 중입니다.");
    const opened = await openTogether(prepared);
    pairs.forEach((pair) => sodium.memzero(pair.privateKey));
    const result = holders.finish(prepared, opened);
    const content = holders.writeResult(result);
    const box = done("open");
    first("[data-ballots]", box).textContent = count(result.ballots);
    first("[data-equal]", box).textContent = count(result.equal);
    first("[data-unreadable]", box).textContent = count(result.unreadable);
    first("[data-list]", box).textContent = result.list;
    first("[data-result]", box).replaceChildren(...grouped(holders.sha256(content)));
    offer(first("[data-file]", box), content, "opened-file.json");
  },
};

const typedHead = (form) => form.elements.head.value.replace(/\s+/g, "").toLowerCase();

// Opening many envelopes: every processor takes a share

const SHARE = 250;

function openTogether({ frozen, lines, outer, inner }) {
  const bar = first("[data-progress]");
  bar.hidden = false;
  bar.value = 0;
  const source = [first("#vendored").textContent, first("#core").textContent, `(${worker})();`].join("\n");
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const many = Math.max(1, Math.min(navigator.hardwareConcurrency || 2, 8, Math.ceil(lines.length / SHARE)));
  const hands = Array.from({ length: many }, () => new Worker(address));
  const opened = new Array(lines.length);
  let next = 0, ready = 0;
  return new Promise((finished, failed) => {
    const give = (hand) => {
      if (ready === lines.length) return finished(opened);
      if (next >= lines.length) return undefined;
      const from = next;
      next = Math.min(next + SHARE, lines.length);
      return hand.postMessage({ frozen, outer, inner, from, lines: lines.slice(from, next) });
    };
    for (const hand of hands) {
      hand.onerror = (event) => failed(new Error(event.message));
      hand.onmessage = ({ data }) => {
        data.opened.forEach((each, place) => { opened[data.from + place] = each; });
        ready += data.opened.length;
        bar.value = lines.length ? ready / lines.length : 1;
        give(hand);
      };
      give(hand);
    }
  }).finally(() => {
    hands.forEach((hand) => hand.terminate());
    URL.revokeObjectURL(address);
  });
}

/** Runs in a thread of its own, with the vendored parts and the core before it. */
function worker() {
  let core;
  onmessage = async ({ data }) => {
    await vendored.sodium.ready;
    core ||= makeHolders(vendored);
    const { frozen, outer, inner, from, lines } = data;
    const opened = lines.map((line) => core.openLine(frozen, outer, inner, line.style, line.sealed));
    postMessage({ from, opened });
  };
}

// Step by step

async function look(form) {
  parcel = undefined;
  const box = first("[data-parcel]", form);
  box.hidden = true;
  every('[name="same"]', form).forEach((radio) => { radio.checked = false; });
  steps(form);
  if (!form.elements.file.files.length) return;
  quiet();
  try {
    parcel = holders.unpack(await bytesOf(form.elements.file));
  } catch (error) {
    refuse(error);
    return;
  }
  first("[data-title]", box).textContent = parcel.title;
  first("[data-list]", box).replaceChildren(...grouped(parcel.listHash));
  box.hidden = false;
  box.focus();
}

function steps(form) {
  const { quiet: off, watched, same, head } = form.elements;
  first("[data-online]", form).hidden = !navigator.onLine;
  const begun = off.checked && watched.checked;
  const agreed = begun && parcel && same.value === "yes";
  first("[data-other]", form).hidden = same.value !== "no";
  first('[data-step="2"]', form).hidden = !begun;
  first('[data-step="3"]', form).hidden = !agreed;
  const typed = typedHead(form).length;
  first("[data-count]", form).textContent = head.value ? `예순네 글자 가운데 ${typed}글자` : "";
  first('[data-step="4"]', form).hidden = !agreed || typed !== 64;
}

async function begin() {
  await sodium.ready;
  holders = makeHolders(vendored);
  every("[data-go]").forEach((button) => button.addEventListener("click", () => show(button.dataset.go)));
  every("[data-show]").forEach((box) => box.addEventListener("change", () => {
    every(`[data-words="${box.dataset.show}"]`).forEach((input) => {
      input.type = box.checked ? "text" : "password";
      input.toggleAttribute("data-shown", box.checked);
    });
  }));
  for (const form of every("form[data-act]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      quiet();
      const button = first("button.button-next", form);
      button.disabled = true;
      try {
        await acts[form.dataset.act](form);
        wipe(form);
      } catch (error) {
        refuse(error);
      } finally {
        button.disabled = false;
      }
    });
  }
  const opening = first('[data-act="open"]');
  opening.addEventListener("change", (event) =>
    event.target.name === "file" ? look(opening) : steps(opening));
  opening.elements.head.addEventListener("input", () => steps(opening));
  ["online", "offline"].forEach((name) => addEventListener(name, () => steps(opening)));
  steps(opening);
  show("home");
}

begin();
