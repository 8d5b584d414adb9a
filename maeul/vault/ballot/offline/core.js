/* What the key holders' file does, apart from its page: key files, the rehearsal, the opening.

   The second program beside maeul/vault/ballot/opener.py: written apart from it, with the same
   files going in and out.  Both locks, Argon2id and SHA-256 are libsodium's. */

const makeHolders = ({ sodium, unzipSync }) => {
  const PROGRAM = "maeul.holders.html";
  const KEY_FORMAT = "maeul-lock-1";
  const REHEARSAL_FORMAT = "maeul-rehearsal-1";
  const MANIFEST_FORMAT = "maeul-ballot-1";
  const LIST_FORMAT = "maeul-list-1";
  const RESULT_FORMAT = "maeul-opening-1";
  const SHORTEST_PASSPHRASE = 12;
  const HEX32 = /^[0-9a-f]{64}$/;

  /** Something given does not fit; `code` says what, nothing was opened. */
  class CannotOpen extends Error {
    constructor(code, detail = "") {
      super(`${code} ${detail}`.trim());
      this.code = code;
      this.detail = detail;
    }
  }

  const hex = (bytes) => sodium.to_hex(bytes);
  const unhex = (text) => sodium.from_hex(text);
  const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const encoder = new TextEncoder();
  const base64 = (bytes) => sodium.to_base64(bytes, sodium.base64_variants.ORIGINAL);
  const unbase64 = (text) => sodium.from_base64(text, sodium.base64_variants.ORIGINAL);

  /** SHA-256 in hex; a long file piece by piece. */
  function sha256(bytes) {
    const state = sodium.crypto_hash_sha256_init();
    for (let from = 0; from < bytes.length; from += 1 << 20)
      sodium.crypto_hash_sha256_update(state, bytes.subarray(from, from + (1 << 20)));
    return hex(sodium.crypto_hash_sha256_final(state));
  }

  /** Lines without the empty end. */
  function linesOf(bytes, code) {
    try {
      const lines = utf8.decode(bytes).split(/\r\n|\r|\n/);
      if (lines.at(-1) === "") lines.pop();
      return lines;
    } catch {
      throw new CannotOpen(code);
    }
  }

  function json(text, code) {
    try {
      const value = JSON.parse(typeof text === "string" ? text : utf8.decode(text));
      if (value === null || typeof value !== "object") throw new TypeError(typeof value);
      return value;
    } catch (error) {
      throw new CannotOpen(code, error.message);
    }
  }

  // Key files

  const STRENGTH = {
    operations: sodium.crypto_pwhash_OPSLIMIT_MODERATE,
    memory: sodium.crypto_pwhash_MEMLIMIT_MODERATE,
  };

  /** The same keystrokes give the same bytes, however a keyboard puts Korean letters together. */
  function keyOf(passphrase, salt, strength) {
    const words = encoder.encode(passphrase.normalize("NFC"));
    try {
      return sodium.crypto_pwhash(
        sodium.crypto_secretbox_KEYBYTES, words, salt,
        strength.operations, strength.memory, sodium.crypto_pwhash_ALG_ARGON2ID13,
      );
    } catch (error) {
      throw new CannotOpen("bad_key_file", error.message);
    }
  }

  const makeKey = () => sodium.crypto_box_keypair();

  const longEnough = (passphrase) => [...passphrase].length >= SHORTEST_PASSPHRASE;

  /** The key file.  A copy is the same key under another passphrase. */
  function protect(pair, holder, passphrase, strength = STRENGTH) {
    if (!longEnough(passphrase)) throw new CannotOpen("short_passphrase");
    const salt = sodium.randombytes_buf(sodium.crypto_pwhash_SALTBYTES);
    const nonce = sodium.randombytes_buf(sodium.crypto_secretbox_NONCEBYTES);
    const key = keyOf(passphrase, salt, strength);
    const box = sodium.crypto_secretbox_easy(pair.privateKey, nonce, key);
    const content = {
      format: KEY_FORMAT,
      holder,
      public_key: hex(pair.publicKey),
      operations: strength.operations,
      memory: strength.memory,
      salt: hex(salt),
      box: hex(nonce) + hex(box),
    };
    return encoder.encode(`${JSON.stringify(content, null, 2)}\n`);
  }

  /** What stands in a key file in the open. */
  function inspect(bytes) {
    const fields = json(bytes, "bad_key_file");
    const texts = [fields.holder, fields.public_key, fields.salt, fields.box];
    if (
      fields.format !== KEY_FORMAT ||
      !texts.every((text) => typeof text === "string") ||
      ![fields.public_key, fields.salt, fields.box].every((text) => /^([0-9a-f]{2})*$/i.test(text)) ||
      ![fields.operations, fields.memory].every(Number.isSafeInteger) ||
      fields.salt.length !== 2 * sodium.crypto_pwhash_SALTBYTES
    )
      throw new CannotOpen("bad_key_file");
    return fields;
  }

  function unlock(bytes, passphrase) {
    const fields = inspect(bytes);
    const key = keyOf(passphrase, unhex(fields.salt), fields);
    const box = unhex(fields.box);
    const nonceBytes = sodium.crypto_secretbox_NONCEBYTES;
    let privateKey;
    try {
      privateKey = sodium.crypto_secretbox_open_easy(
        box.subarray(nonceBytes), box.subarray(0, nonceBytes), key,
      );
    } catch {
      throw new CannotOpen("wrong_passphrase", fields.holder);
    }
    if (privateKey.length !== sodium.crypto_box_SECRETKEYBYTES) throw new CannotOpen("bad_key_file");
    const publicKey = sodium.crypto_scalarmult_base(privateKey);
    if (hex(publicKey) !== fields.public_key.toLowerCase()) throw new CannotOpen("bad_key_file");
    return { publicKey, privateKey, holder: fields.holder };
  }

  // Locks

  /** Take off one lock; `null` where this key does not fit. */
  function unseal(sealed, pair) {
    try {
      return sodium.crypto_box_seal_open(sealed, pair.publicKey, pair.privateKey);
    } catch {
      return null;
    }
  }

  /** The word of the mock ballot, in whichever order the keys were given. */
  function openRehearsal(bytes, pairs) {
    const fields = json(bytes, "not_a_rehearsal");
    if (fields.format !== REHEARSAL_FORMAT) throw new CannotOpen("not_a_rehearsal");
    let sealed;
    try {
      sealed = unbase64(fields.sealed);
    } catch {
      throw new CannotOpen("not_a_rehearsal");
    }
    for (const [outer, inner] of [pairs, [...pairs].reverse()]) {
      const once = unseal(sealed, outer);
      const word = once && unseal(once, inner);
      if (word) return utf8.decode(word);
    }
    throw new CannotOpen("keys_do_not_open");
  }

  // The parcel

  /** `opening.zip`: manifest, board and list, with the hash that is read aloud. */
  function unpack(bytes) {
    let files;
    try {
      files = unzipSync(bytes);
    } catch (error) {
      throw new CannotOpen("not_a_parcel", error.message);
    }
    const [manifest, board, list] = ["manifest.json", "board.jsonl", "list.jsonl"].map((name) => {
      if (!Object.hasOwn(files, name)) throw new CannotOpen("not_a_parcel", name);
      return files[name];
    });
    return { manifest, board, list, listHash: sha256(list), title: readManifest(manifest).title };
  }

  function readManifest(bytes) {
    const content = json(bytes, "bad_manifest");
    try {
      if (content.format !== MANIFEST_FORMAT) throw new CannotOpen("bad_manifest", content.format);
      const locks = content.locks.map((lock) => lock.public_key.toLowerCase());
      if (locks.length !== 2 || !locks.every((lock) => HEX32.test(lock)))
        throw new CannotOpen("bad_manifest", "locks");
      return {
        chain0: sha256(bytes),
        title: content.title,
        questions: content.questions.map((question) => ({
          key: question.key,
          marking: known(question.marking),
          parameters: question.parameters,
          costs: new Map(question.options.map((option) => [option.number, option.cost || 0])),
          atLeast: question.at_least,
          atMost: question.at_most,
          limit: question.ballot_limit,
        })),
        styles: new Map(Object.entries(content.styles)),
        locks,
        plaintextBytes: content.plaintext_bytes,
        fallback: content.cells.fallback,
        smallest: content.cells.at_least,
      };
    } catch (error) {
      if (error instanceof CannotOpen) throw error;
      throw new CannotOpen("bad_manifest", error.message);
    }
  }

  const asked = (frozen, style) =>
    frozen.questions.filter((question) => frozen.styles.get(style).includes(question.key));

  function readList(bytes, chain0) {
    const [first, ...rows] = linesOf(bytes, "not_a_list").map((line) => json(line, "not_a_list"));
    if (first === undefined) throw new CannotOpen("not_a_list");
    if (first.format !== LIST_FORMAT || first.chain0 !== chain0 || Object.keys(first).length !== 2)
      throw new CannotOpen("list_of_another_election");
    let before = "";
    return rows.map((row) => {
      const tracker = String(row.tracker).toLowerCase();
      if (!HEX32.test(tracker) || typeof row.cell !== "string" || typeof row.style !== "string")
        throw new CannotOpen("not_a_list");
      if (tracker <= before) throw new CannotOpen("list_not_by_tracker");
      before = tracker;
      let sealed;
      try {
        sealed = unbase64(row.sealed);
      } catch (error) {
        throw new CannotOpen("not_a_list", error.message);
      }
      return { cell: row.cell, style: row.style, tracker, sealed };
    });
  }

  /** Every leaf, and the last head; each batch is checked against the one before. */
  function readBoard(bytes, chain0) {
    const leaves = new Set();
    let head = chain0;
    const broken = (number, problem) => new CannotOpen("broken_board", `${number + 1}: ${problem}`);
    const lines = linesOf(bytes, "broken_board");
    if (!lines.length) throw broken(0, "the board is empty");
    lines.forEach((line, number) => {
      const batch = json(line, "broken_board");
      const fine = Array.isArray(batch.leaves) && HEX32.test(batch.head) && batch.batch === number;
      if (!fine || !batch.leaves.every((leaf) => HEX32.test(leaf)))
        throw broken(number, "not this batch");
      batch.leaves.forEach((leaf, place) => {
        if (place && leaf <= batch.leaves[place - 1]) throw broken(number, "leaves not in order");
        if (leaves.has(leaf)) throw broken(number, "a leaf stands in two batches");
        leaves.add(leaf);
      });
      if (number && !batch.leaves.length) throw broken(number, "an empty batch");
      if (number) head = sha256(unhex(head + batch.leaves.join("")));
      else if (batch.leaves.length) throw broken(number, "leaves before the first batch");
      if (batch.head !== head) throw broken(number, "the head does not follow");
    });
    return { leaves, head };
  }

  // Opening

  /** Everything that is refused before any ballot is opened; answers what is to be opened. */
  function prepare({ manifest, board, list, head, pairs }) {
    const frozen = readManifest(manifest);
    const [outer, inner] = frozen.locks.map((lock, place) => {
      const pair = pairs.find((each) => hex(each.publicKey) === lock);
      if (!pair) throw new CannotOpen("key_missing", String(place + 1));
      return pair;
    });
    const lines = readList(list, frozen.chain0);
    const known = readBoard(board, frozen.chain0);
    if (head !== known.head) throw new CannotOpen("another_head");
    for (const line of lines) {
      if (hex(sodium.crypto_hash_sha256(line.sealed)) !== line.tracker)
        throw new CannotOpen("wrong_tracker", line.tracker);
      if (!known.leaves.has(line.tracker)) throw new CannotOpen("not_on_the_board", line.tracker);
      if (!frozen.styles.has(line.style)) throw new CannotOpen("unknown_style", line.style);
    }
    return { manifest, frozen, lines, outer, inner, head, listHash: sha256(list) };
  }

  /** What lies in one envelope: a mark by which equal ballots are known, and what it says. */
  function openLine(frozen, outer, inner, style, sealed) {
    const once = unseal(sealed, outer);
    if (once === null) return [null, null];
    const twice = unseal(once, inner);
    return [hex(sodium.crypto_hash_sha256(once)), twice && parse(frozen, style, twice)];
  }

  /** Per question the choices, `null` where a limit is broken; `null` for a text that is not
      exactly what an honest device writes. */
  function parse(frozen, style, plaintext) {
    const questions = asked(frozen, style);
    const end = plaintext.lastIndexOf(0x80);
    if (plaintext.length !== frozen.plaintextBytes || end < 0) return null;
    if (plaintext.subarray(end + 1).some((byte) => byte)) return null;
    let lines;
    try {
      lines = utf8.decode(plaintext.subarray(0, end)).split("\n");
    } catch {
      return null;
    }
    if (lines.length !== questions.length + 3 || lines.at(-1) !== "") return null;
    if (lines[0] !== frozen.chain0 || lines[1] !== style) return null;
    const answers = new Map();
    for (const [place, question] of questions.entries()) {
      const line = lines[place + 2];
      if (!line.startsWith(`${question.key}=`)) return null;
      const said = READERS[question.marking](line.slice(question.key.length + 1), question.parameters);
      if (!said || !said.named.every((number) => question.costs.has(number))) return null;
      answers.set(question.key, said.fits && keepsLimits(question, said.named) ? said.answer : null);
    }
    return answers;
  }

  const ascending = (numbers) => numbers.every((number, at) => !at || number > numbers[at - 1]);
  const sum = (numbers) => numbers.reduce((whole, each) => whole + each, 0);

  /** Per marking: what a line says, which options it names, and whether it keeps the limits of its
      kind; `null` for a line that no honest device writes. */
  const READERS = {
    choose: (text) => {
      if (!/^(|(0|[1-9][0-9]*)(,(0|[1-9][0-9]*))*)$/.test(text)) return null;
      const answer = text ? text.split(",").map(Number) : [];
      return ascending(answer) ? { answer, named: answer, fits: true } : null;
    },
    rank: (text) => {
      if (!/^(|(0|[1-9][0-9]*)(>(0|[1-9][0-9]*))*)$/.test(text)) return null;
      const answer = text ? text.split(">").map(Number) : [];
      return new Set(answer).size === answer.length ? { answer, named: answer, fits: true } : null;
    },
    score: (text, { each_at_most: most, total_at_most: total = null }) => {
      if (!/^(|(0|[1-9]\d*):[1-9]\d{0,8}(,(0|[1-9]\d*):[1-9]\d{0,8})*)$/.test(text)) return null;
      const answer = text ? text.split(",").map((pair) => pair.split(":").map(Number)) : [];
      const named = answer.map(([number]) => number);
      const given = answer.map(([, points]) => points);
      const fits = given.every((each) => each <= most) && (total === null || sum(given) <= total);
      return ascending(named) ? { answer, named, fits } : null;
    },
  };

  function known(marking) {
    if (!Object.hasOwn(READERS, marking)) throw new CannotOpen("bad_manifest", marking);
    return marking;
  }

  function keepsLimits(question, named) {
    if (!named.length) return true;
    if (named.length < question.atLeast || named.length > question.atMost) return false;
    const cost = sum(named.map((number) => question.costs.get(number)));
    return question.limit === null || cost <= question.limit;
  }

  /** Sort out what is invalid, merge what is small, mix, and give out. */
  function finish({ frozen, lines, head, listHash }, opened) {
    const said = new Map(frozen.questions.map((question) => [question.key, new Map()]));
    const seen = new Set();
    let equal = 0, unreadable = 0;
    lines.forEach((line, place) => {
      let [once, answers] = opened[place];
      if (once !== null && seen.has(once)) {
        equal += 1;
        answers = null;
      } else if (!answers) unreadable += 1;
      if (once !== null) seen.add(once);
      for (const { key } of asked(frozen, line.style)) {
        const cells = said.get(key);
        if (!cells.has(line.cell)) cells.set(line.cell, []);
        cells.get(line.cell).push(answers ? answers.get(key) : null);
      }
    });
    const questions = [...said].map(([key, cells]) => [key, givenOut(merged(cells, frozen))]);
    return {
      format: RESULT_FORMAT,
      program: PROGRAM,
      salt: hex(sodium.randombytes_buf(16)),
      chain0: frozen.chain0,
      head,
      list: listHash,
      ballots: lines.length,
      equal,
      unreadable,
      questions: Object.fromEntries(questions),
    };
  }

  /** All cells in one as soon as one of them is too small or of one mind: a cell left alone
      could be found by subtraction. */
  function merged(cells, frozen) {
    const fine = (ballots) =>
      ballots.length >= frozen.smallest && new Set(ballots.map((each) => JSON.stringify(each))).size > 1;
    const all = [...cells.values()];
    if (cells.size < 2 || all.every(fine)) return cells;
    return new Map([[frozen.fallback, all.flat()]]);
  }

  function givenOut(cells) {
    const result = [...cells].sort(([one], [other]) => (one < other ? -1 : 1)).map(([cell, ballots]) => {
      const valid = ballots.filter((choices) => choices !== null);
      shuffle(valid);
      return [cell, { invalid: ballots.length - valid.length, opened: valid }];
    });
    return Object.fromEntries(result);
  }

  function shuffle(list) {
    for (let last = list.length - 1; last > 0; last--) {
      const other = sodium.randombytes_uniform(last + 1);
      [list[last], list[other]] = [list[other], list[last]];
    }
  }

  const writeResult = (result) => encoder.encode(`${JSON.stringify(result)}\n`);

  /** Open everything in this thread; the page shares the work out instead. */
  function openAll(given) {
    const prepared = prepare(given);
    const { frozen, outer, inner, lines } = prepared;
    const opened = lines.map((line) => openLine(frozen, outer, inner, line.style, line.sealed));
    return finish(prepared, opened);
  }

  return {
    PROGRAM, SHORTEST_PASSPHRASE, CannotOpen, sha256, hex, unhex, makeKey, longEnough, protect,
    inspect, unlock, openRehearsal, unpack, readManifest, prepare, openLine, finish, writeResult,
    openAll,
  };
};
