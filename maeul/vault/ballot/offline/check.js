/* Checks a published bundle as verify.py does, as far as a browser can: hashes, board, equations,
   officers and programs, votes, and the winners of yes or no, of most votes or points and of a
   budget by most votes.  Equal Shares, Phragmén and the knapsack are left to verify.py, and said so. */

const makeCheck = ({ sodium, unzipSync }) => {
  /** What does not fit, in a sentence. */
  class Wrong extends Error {}

  const NEEDED = [
    "manifest.json", "board.jsonl", "acts.jsonl", "heads/closing.txt", "heads/last.txt",
    "list.sha256", "ballots.csv", "paper_batches.csv", "reconciliation.json", "result.json",
    "verify.py",
  ];
  const COUNTED_HERE = ["majority", "approval", "greedy", "borda", "score"];
  const MARKED_BY = { borda: "rank", score: "score" };
  const BY_VERIFY = ["equal_shares", "phragmen", "knapsack"];
  const HEX32 = /^[0-9a-f]{64}$/;

  const SMALLEST = 20;
  const encoder = new TextEncoder();
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  const text = (bytes) => utf8.decode(bytes);
  const sha256 = (bytes) => sodium.to_hex(sodium.crypto_hash_sha256(bytes));
  const lines = (bytes) => text(bytes).split(/\r?\n/).filter((line) => line !== "");
  const sum = (numbers) => numbers.reduce((whole, each) => whole + each, 0);
  const must = (fine, sentence) => { if (!fine) throw new Wrong(sentence); };
  const same = (one, other) => one.length === other.length && one.every((each) => other.includes(each));
  const number = (value) => {
    must(Number.isSafeInteger(value) && value >= 0, `세는 수가 아닙니다: ${String(value).slice(0, 20)}`);
    return value;
  };

  const whole = (digits) => {
    must(/^[0-9]{1,9}$/.test(digits), `수가 아닙니다: ${String(digits).slice(0, 20)}`);
    return Number(digits);
  };

  /** A sentence for everything that was checked; throws `Wrong` at the first fault. */
  function check(zip, heads = [], trackers = []) {
    let files;
    try {
      files = new Map(Object.entries(unzipSync(zip)));
      return checked(files, heads, trackers);
    } catch (error) {
      if (error instanceof Wrong) throw error;
      throw new Wrong(`묶음을 읽을 수 없습니다: ${error.message}`);
    }
  }

  function checked(files, heads, trackers) {
    const said = [checkSums(files)];
    const manifest = JSON.parse(text(files.get("manifest.json")));
    const board = readBoard(files.get("board.jsonl"), sha256(files.get("manifest.json")));
    said.push(`게시판이 처음부터 끝까지 이어집니다 (줄 ${board.batches.flat().length}개)`);
    const closing = checkHeads(files, board.heads, heads, said);
    const leaves = new Set(board.batches.slice(0, closing + 1).flat());
    for (const tracker of trackers) {
      must(leaves.has(tracker), `이 표는 게시판에 없습니다: ${tracker}`);
      said.push(`내 표가 게시판에 있습니다: ${tracker}`);
    }
    const counts = JSON.parse(text(files.get("reconciliation.json")));
    const acts = lines(files.get("acts.jsonl")).map((line) => JSON.parse(line));
    const paper = checkPaper(files, manifest, counts, said);
    checkAfterClosing(leaves, board.batches.slice(closing + 1).flat(), board.heads[closing], paper, acts);
    const reasons = explained(manifest, acts);
    const result = JSON.parse(text(files.get("result.json")));
    const hall = checkTotals(manifest, counts, result, paper, acts);
    said.push(checkEquations(manifest, counts, leaves, paper, hall, reasons));
    for (const equation of reasons) said.push(`두 선거관리인이 까닭을 적은 차이가 있습니다: ${equation}`);
    said.push(...checkActs(files, manifest, acts));
    said.push(...checkOutside(files, manifest, acts));
    return said.concat(checkCount(files, manifest, counts, result, paper));
  }

  function checkSums(files) {
    const missing = NEEDED.filter((name) => !files.has(name));
    must(!missing.length, `묶음에 없는 파일: ${missing.join(", ")}`);
    must(files.has("SHA256SUMS"), "묶음에 없는 파일: SHA256SUMS");
    const listed = new Map(lines(files.get("SHA256SUMS")).map((line) => [line.slice(66), line.slice(0, 64)]));
    const others = [...files.keys()].filter((name) => name !== "SHA256SUMS");
    must(same(others, [...listed.keys()]), "SHA256SUMS의 목록이 묶음의 파일과 다릅니다");
    for (const [name, digest] of listed)
      must(sha256(files.get(name)) === digest, `${name}: SHA256SUMS에 적힌 파일이 아닙니다`);
    return `파일 ${listed.size}개의 지문이 적힌 것과 같습니다`;
  }

  /** The leaves of each batch and its head, in order; the first head is the manifest's hash. */
  function readBoard(content, chain0) {
    const leaves = new Set();
    const heads = [], batches = [];
    lines(content).forEach((line, place) => {
      const batch = JSON.parse(line);
      must(batch.batch === place, `게시판에 ${place}번째 묶음이 없습니다`);
      const fine = batch.leaves.every((leaf, at) =>
        HEX32.test(leaf) && (!at || batch.leaves[at - 1] < leaf) && !leaves.has(leaf));
      must(fine, `${place}번째 묶음: 번호가 차례가 아니거나 두 번 있거나 길이가 다릅니다`);
      if (place) must(batch.leaves.length, `${place}번째 묶음이 비었습니다`);
      const head = place ? sha256(sodium.from_hex(heads.at(-1) + batch.leaves.join(""))) : chain0;
      const from = place ? `${place}번째 묶음: 앞 묶음에서 이어지지 않습니다` : "게시판이 이 투표 명세에서 시작하지 않습니다";
      must(batch.head === head && (place || !batch.leaves.length), from);
      heads.push(head);
      batches.push(batch.leaves);
      batch.leaves.forEach((leaf) => leaves.add(leaf));
    });
    must(heads.length, "게시판이 비었습니다");
    return { batches, heads };
  }

  /** Answers after which batch the poll was closed. */
  function checkHeads(files, known, noted, said) {
    const first = (name) => text(files.get(name)).trim().split(/\s/)[0];
    for (const name of files.keys())
      if (name.startsWith("heads/")) must(known.includes(first(name)), `${name}: 이 게시판의 값이 아닙니다`);
    must(first("heads/last.txt") === known.at(-1), "마지막 값이 게시판의 마지막 값이 아닙니다");
    said.push("마감 값과 마지막 값이 이 게시판의 값입니다");
    for (const head of noted) {
      must(known.includes(head), `적어 둔 값이 이 게시판에 없습니다: ${head}`);
      said.push(`적어 둔 값은 게시판의 ${known.indexOf(head)}번째 값입니다`);
    }
    return known.indexOf(first("heads/closing.txt"));
  }

  /** Every batch: its sheets, its leaf, and where its sums are told, that they are its own. */
  function checkPaper(files, manifest, counts, said) {
    const known = new Map(manifest.questions.map((question) => [question.key, question]));
    const batches = [];
    for (const row of rowsOf(text(files.get("paper_batches.csv")))) {
      const [place, sheets] = [whole(row.batch), whole(row.sheets)];
      const name = `종이 묶음 ${place}`;
      const booths = row.booths.split(" ").filter(Boolean).map((share) => share.split(":").map(whole));
      must(batches.every((other) => other.place !== place), `${name}: 두 번 있습니다`);
      must(sum(booths.map(([, each]) => each)) === sheets && Object.hasOwn(manifest.styles, row.style),
        `${name}: 장 수나 투표지 종류가 맞지 않습니다`);
      let told = {};
      if (row.nonce) {
        must(HEX32.test(row.nonce), `${name}: 내용을 확인할 수 없습니다`);
        const sealed = sodium.to_hex(encoder.encode(row.content));
        must(sha256(sodium.from_hex(row.nonce + sealed)) === row.leaf,
          `${name}: 게시판에 올린 번호가 이 내용에서 나온 것이 아닙니다`);
        const content = JSON.parse(row.content);
        const numbers = booths.map(([booth]) => booth).sort((one, other) => one - other);
        must(content.batch === place && content.style === row.style && content.sheets === sheets &&
          JSON.stringify(content.booths) === JSON.stringify(numbers), `${name}: 표에 적힌 것과 내용이 다릅니다`);
        must(sheets >= SMALLEST, `${name}: ${SMALLEST}장보다 적은 묶음은 따로 공개하지 않습니다`);
        told = content.questions;
        must(same(Object.keys(told), manifest.styles[row.style]), `${name}: 안건이 빠졌거나 더 있습니다`);
        for (const [key, each] of Object.entries(told)) checkSumsOf(name, known.get(key), each, sheets);
      } else must(!row.content, `${name}: 내용을 확인할 수 없습니다`);
      batches.push({ place, booths, style: row.style, sheets, leaf: row.leaf, told });
    }
    must(manifest.hall || sum(batches.map((batch) => batch.sheets)) === counts.paper.sheets,
      "종이 묶음의 장 수를 더한 것이 발표된 장 수와 다릅니다");
    if (batches.length) said.push(`종이 묶음 ${batches.length}개의 장 수와 합계를 확인했습니다`);
    return batches;
  }

  function checkSumsOf(name, question, told, sheets) {
    if (question.whole_ballots === "public") {
      must(same(Object.keys(told), ["ballots"]), `${name}: 한 장씩 공개하는 안건의 합계가 있습니다`);
      return;
    }
    must(number(told.valid) + number(told.blank) + number(told.invalid) === sheets,
      `${name}: 유효 + 기권 + 무효가 장 수와 다릅니다`);
    const marks = Object.entries(told.votes).map(([each, n]) => [...markOf(question, each), number(n)]);
    checkMarks(name, question, marks, told.valid);
  }

  /** What a whole ballot says: of each option it names 1, its place or its points. */
  function marksOf(question, line) {
    if (!line) return [];
    if (question.marking === "rank") return line.split(">").map((each, at) => [each, at + 1]);
    return line.split(",").map((each) => markOf(question, each));
  }

  /** One mark, where ballots are not told whole: `3` chosen, `3:1` in first place, `3:5` with five
      points. */
  function markOf(question, mark) {
    if (question.marking === "choose") return [mark, 1];
    const parts = mark.split(":");
    must(parts.length === 2, `${question.key}: 알아볼 수 없는 표가 있습니다`);
    return [parts[0], whole(parts[1])];
  }

  /** No option named more often than there are ballots, no place and no points beyond the limits,
      and no place without all before it.  `marks`: option, value and how often. */
  function checkMarks(name, question, marks, valid) {
    const { parameters, at_most: atMost, marking } = question;
    const most = { choose: 1, rank: atMost, score: parameters.each_at_most }[marking];
    const options = Object.fromEntries(question.options.map((option) => [String(option.number), 0]));
    const places = new Array(atMost).fill(0);
    let points = 0;
    for (const [option, value, n] of marks) {
      must(Object.hasOwn(options, option) && value >= 1 && value <= most,
        `${name}: 투표지에 없는 것을 고른 표가 있습니다`);
      options[option] += n;
      points += value * n;
      if (marking === "rank") places[value - 1] += n;
    }
    const named = Object.values(options);
    const total = parameters.total_at_most ?? null;
    must(named.every((each) => each <= valid) && sum(named) <= atMost * valid &&
      (total === null || points <= total * valid), `${name}: 표보다 많이 고른 것이 있습니다`);
    const inOrder = places.every((each, at) => (at ? each <= places[at - 1] : each === valid));
    must(marking !== "rank" || inOrder, `${name}: 앞 순위 없이 뒤 순위가 있습니다`);
  }

  /** What an option gets by being chosen, by its place, or by points. */
  const worthOf = ({ marking, parameters }, value) =>
    number(marking === "rank" ? parameters.worths[value - 1] : value);

  /** After closing only closed batches of paper follow, and what officers did to the poll. */
  function checkAfterClosing(before, found, head, paper, acts) {
    const noted = acts.filter((act) => act.act === "closed").map((act) => act.facts.head);
    must(noted.length === 1 && noted[0] === head, "마감 값이 마감할 때 적은 값이 아닙니다");
    const promised = paper.map((batch) => batch.leaf);
    for (const { act, subject, at, facts } of acts) {
      if (!["extended", "booth_lost", "board_restored", "agreed_totals"].includes(act)) continue;
      const leaf = sha256(encoder.encode(asPython({ act, subject, at, facts })));
      if (!before.has(leaf)) promised.push(leaf);
    }
    must(found.length === promised.length && same(found, promised),
      "마감 뒤의 게시판 줄이 종이 묶음과 선거관리인이 한 일에서 나온 것이 아닙니다");
  }

  /** JSON as Python writes it, keys sorted. */
  function asPython(value) {
    if (Array.isArray(value)) return `[${value.map(asPython).join(", ")}]`;
    if (value === null || typeof value !== "object") return JSON.stringify(value);
    const parts = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}: ${asPython(value[key])}`);
    return `{${parts.join(", ")}}`;
  }

  /** Of a hall vote: the totals that two people read alike, and that they are what was counted. */
  function checkTotals(manifest, counts, result, paper, acts) {
    const told = acts.filter((act) => act.act === "agreed_totals").map((act) => act.facts);
    if (!manifest.hall) {
      must(!told.length, "회의장 투표가 아닌데 소리 내어 센 합계가 있습니다");
      return null;
    }
    const readers = new Set(acts.filter((act) => act.act === "read_totals").map((act) => act.by));
    must(told.length === 1 && readers.size >= 2, "회의장 투표: 두 사람이 같게 적은 합계가 없습니다");
    must(!paper.length && manifest.booths.length === 1, "회의장 투표: 한 곳에서 소리 내어 세지 않았습니다");
    const { totals } = told[0];
    must(HEX32.test(told[0].tally_sheet) && HEX32.test(told[0].minutes),
      "회의장 투표: 집계표나 개표록의 지문이 없습니다");
    must(same(Object.keys(totals.questions), manifest.questions.map((question) => question.key)),
      "회의장 투표: 합계에 빠진 안건이 있습니다");
    for (const question of manifest.questions) {
      const { key } = question;
      const sums = totals.questions[key];
      must(["majority", "approval", "greedy"].includes(question.rule), `${key}: 합계로는 셀 수 없는 세는 법입니다`);
      must(question.whole_ballots === "choices", `${key}: 회의장 투표는 합계만 공개합니다`);
      checkSumsOf(`${key} 합계`, question, sums, number(totals.slips));
      must(sum(Object.values(sums.votes)) >= Math.max(1, question.at_least) * sums.valid,
        `${key}: 유효한 장보다 고른 것이 적습니다`);
      const figures = counts.questions[key];
      const votes = Object.entries(result.questions[key].votes);
      must(figures && ["valid", "blank", "invalid"].every((name) => sums[name] === figures[name]) &&
        votes.length === Object.keys(sums.votes).length && votes.every(([option, each]) => sums.votes[option] === each),
        `${key}: 발표된 수가 두 사람이 적은 합계와 다릅니다`);
    }
    return totals;
  }

  /** What was counted elsewhere is what officers brought in, and stands apart. */
  function checkOutside(files, manifest, acts) {
    for (const { key, parameters } of manifest.questions)
      must((parameters.outside ?? "apart") === "apart", `${key}: 바깥에서 센 표를 더하는 세는 법은 셀 수 없습니다`);
    const brought = new Map();
    for (const { act, subject, facts } of acts) {
      if (act === "imported_outside") brought.set(subject, facts);
      else if (act === "withdrew_outside") brought.delete(subject);
    }
    const options = manifest.questions.flatMap((question) =>
      question.options.map((option) => `${question.key} ${option.number}`));
    const told = new Map();
    const rows = files.has("outside.csv") ? rowsOf(text(files.get("outside.csv"))) : [];
    for (const row of rows) {
      must(options.includes(`${row.question} ${row.option}`) && row.assurance === "low",
        "outside.csv: 투표지에 없는 것이 있거나 보증의 정도가 다릅니다");
      const { kind, source, counted_on, assurance } = row;
      const facts = told.get(row.number) ?? { kind, source, counted_on, assurance, votes: {} };
      const votes = (facts.votes[row.question] ??= {});
      must(facts.kind === kind && facts.source === source && facts.counted_on === counted_on &&
        !Object.hasOwn(votes, row.option), "outside.csv: 같은 것이 두 번 있거나 서로 다르게 적혔습니다");
      votes[row.option] = whole(row.votes);
      told.set(row.number, facts);
    }
    must(told.size === brought.size && [...told].every(([place, facts]) =>
      brought.has(place) && asPython(facts) === asPython(brought.get(place))),
    "outside.csv가 선거관리인이 올린 합계와 다릅니다");
    if (!told.size) return [];
    return [`바깥에서 센 합계 ${told.size}가지가 따로 있습니다. 결과에는 더하지 않았습니다`];
  }

  /** Equations for which two officers published a reason. */
  function explained(manifest, acts) {
    const officers = manifest.officers.map((officer) => officer.name);
    const by = new Map();
    for (const act of acts)
      if (act.act === "explained" && officers.includes(act.by) && act.facts.reason.trim())
        by.set(act.facts.equation, (by.get(act.facts.equation) || new Set()).add(act.by));
    return [...by].filter(([, people]) => people.size >= 2).map(([equation]) => equation).sort();
  }

  function checkEquations(manifest, counts, leaves, paper, hall, reasons) {
    const people = counts.participants;
    const keys = manifest.questions.map((question) => question.key);
    const { booths, lost } = counts.paper;
    const heard = [...booths.map((booth) => booth.number), ...lost];
    const claims = [
      ["선거인 수가 확정할 때와 같다", number(counts.roll) === manifest.roll.size],
      ["투표한 사람이 선거인보다 많지 않다",
        sum(Object.values(people).map(number)) <= counts.roll + number(counts.supplementary)],
      ["연 봉투의 수가 온라인과 단말로 투표한 사람 수와 같다",
        number(counts.opened) === (people.online || 0) + (people.kiosk || 0)],
      ["연 봉투가 게시판의 봉투보다 많지 않다", counts.opened <= leaves.size],
      ["모든 안건을 세었다", same(Object.keys(counts.questions), keys)],
      ["모든 투표소의 종이를 세었다", !manifest.channels.includes("paper") ||
        same(heard, manifest.booths.map((booth) => booth.number))],
    ];
    for (const booth of booths) {
      const name = `투표소 ${booth.number}`;
      const shares = paper.flatMap((batch) => batch.booths).filter(([each]) => each === booth.number);
      const batched = sum(shares.map(([, sheets]) => sheets));
      const out = number(booth.in_box) + number(booth.not_handed_in);
      const sheets = `b${booth.number}.sheets_are_checked_in: ${out} = ${booth.sheets}`;
      const signed = `b${booth.number}.signatures: ${booth.signatures} = ${booth.in_person}`;
      if (hall) {
        const struck = sum(Object.values(counts.paper.struck).map(number));
        claims.push(
          [`${name}: 발표된 수가 두 사람이 적은 합계와 같다`, booth.in_box === hall.slips &&
            booth.signatures === number(hall.signatures) && hall.slips === counts.paper.sheets &&
            booth.not_handed_in <= Math.max(0, number(hall.given) - hall.slips)],
          [`${name}: 투표한 사람 + 지운 사람 = 종이로 본인 확인한 사람`,
            sum(Object.values(people)) + struck === booth.sheets],
        );
      } else claims.push(
        [`${name}: 투표함의 모든 장이 묶음에 있다`, batched === booth.in_box && batched === booth.batched],
      );
      claims.push(
        [`${name}: 투표함의 장 + 가져간 장 = 종이로 본인 확인한 사람`,
          out === booth.sheets || reasons.includes(sheets)],
        [`${name}: 서명 = 본인 확인한 사람`,
          booth.signatures === booth.in_person || reasons.includes(signed)],
      );
    }
    for (const question of manifest.questions) {
      const { key } = question;
      const each = counts.questions[key];
      must(each, "모든 안건을 세지 않았습니다");
      const counted = number(each.valid) + number(each.blank) + number(each.invalid);
      const onPaper = hall ? hall.slips : sum(paper
        .filter((batch) => manifest.styles[batch.style].includes(key))
        .map((batch) => batch.sheets));
      claims.push(
        [`${key}: 유효 + 기권 + 무효 = 연 표`, counted === number(each.asked)],
        [`${key}: 안건의 표가 연 봉투와 종이를 더한 것보다 많지 않다`,
          onPaper <= each.asked && each.asked <= counts.opened + onPaper],
        [`${key}: 고른 수가 한도 안에 있다`, number(each.choices) <= each.at_most * each.valid],
        [`${key}: 고를 수 있는 수가 확정한 것과 같다`, each.at_most === question.at_most],
      );
    }
    for (const { name, left, sign, right } of counts.equations) {
      const holds = sign === "=" ? left === right : left <= right;
      claims.push([`발표한 식 ${name}`, holds || reasons.includes(`${name}: ${left} ${sign} ${right}`)]);
    }
    for (const [claim, holds] of claims) must(holds, `숫자가 맞지 않습니다: ${claim}`);
    return `식 ${claims.length}개가 모두 맞습니다`;
  }

  function checkActs(files, manifest, acts) {
    const fixed = acts.filter((act) => act.act === "fixed_list").map((act) => act.subject);
    const list = text(files.get("list.sha256")).split(/\s/)[0];
    must(fixed.length === 1 && fixed[0] === list, "연 목록이 확정한 목록이 아닙니다");
    const officers = manifest.officers.map((officer) => officer.name);
    const electronic = ["online", "kiosk"].some((channel) => manifest.channels.includes(channel));
    for (const name of [electronic ? "confirmed_opening" : "confirmed_counts", "confirmed_publication"]) {
      const by = new Map();
      for (const act of acts)
        if (act.act === name && officers.includes(act.by))
          by.set(act.subject, (by.get(act.subject) || new Set()).add(act.by));
      must([...by.values()].some((people) => people.size >= 2), `두 선거관리인이 확인하지 않았습니다: ${name}`);
    }
    const said = ["개표와 발표를 두 선거관리인이 확인했습니다"];
    if (!electronic) return said;
    const confirmed = new Set(acts.filter((act) => act.act === "confirmed_opening").map((act) => act.subject));
    const programs = new Set(acts
      .filter((act) => act.act === "brought_opening" && confirmed.has(act.facts.equals))
      .map((act) => act.facts.program));
    must(confirmed.size === 1 && programs.size >= 2, "두 프로그램으로 연 결과가 같다는 기록이 없습니다");
    return [...said, "두 프로그램으로 열었고 결과가 같았습니다"];
  }

  /** Rows of a CSV file; quoted cells may hold commas, quotes and line breaks. */
  function rowsOf(content) {
    const rows = [[""]];
    let quoted = false;
    for (let at = 0; at < content.length; at++) {
      const sign = content[at];
      const row = rows.at(-1);
      if (quoted && sign === '"' && content[at + 1] === '"') {
        row[row.length - 1] += '"';
        at += 1;
      } else if (sign === '"') quoted = !quoted;
      else if (!quoted && sign === ",") row.push("");
      else if (!quoted && sign === "\n") rows.push([""]);
      else if (quoted || sign !== "\r") row[row.length - 1] += sign;
    }
    if (rows.at(-1).length === 1 && rows.at(-1)[0] === "") rows.pop();
    const [heads, ...rest] = rows;
    return rest.map((row) => Object.fromEntries(heads.map((head, place) => [head, row[place]])));
  }

  function checkCount(files, manifest, counts, result, paper) {
    const rows = rowsOf(text(files.get("ballots.csv")));
    const keys = manifest.questions.map((question) => question.key);
    const mine = new Map(keys.map((key) => [key, []]));
    for (const row of rows) {
      must(mine.has(row.question) && typeof row.choices === "string", "ballots.csv에 없는 안건의 표가 있습니다");
      mine.get(row.question).push(row.choices);
    }
    must(same(Object.keys(result.questions), keys), "result.json에 빠진 안건이 있습니다");
    return manifest.questions.map((question) => {
      const { key, rule } = question;
      const told = result.questions[key];
      must([...COUNTED_HERE, ...BY_VERIFY].includes(rule), `${key}: 모르는 세는 법 ${rule}`);
      must(question.marking === (MARKED_BY[rule] || "choose"), `${key}: 세는 법에 맞지 않는 투표지입니다`);
      checkMoney(question);
      const votes = countVotes(question, mine.get(key), counts.questions[key], sumsOf(key, paper));
      const names = Object.keys(votes);
      must(same(Object.keys(told.votes), names) && names.every((name) => told.votes[name] === votes[name]),
        `${key}: 다시 센 표가 발표된 표와 다릅니다`);
      const ties = tieOrder(question, result.tie_seed);
      must(JSON.stringify(told.tie_order) === JSON.stringify(ties),
        `${key}: 같은 표의 차례가 추첨 숫자에서 나온 것이 아닙니다`);
      if (BY_VERIFY.includes(rule))
        return `${key}: 합계를 다시 세었습니다. 이 세는 법의 선정은 verify.py와 python -m decide가 다시 셉니다`;
      const winners = winnersOf(question, votes, ties, counts.questions[key], manifest);
      const sorted = (list) => JSON.stringify([...list].sort((one, other) => one - other));
      must(sorted(told.winners) === sorted(winners),
        `${key}: 다시 센 결과 ${winners.join(", ") || "없음"}, 발표된 결과 ${told.winners.join(", ") || "없음"}`);
      return `${key}: 다시 세었습니다. 선정 ${winners.join(", ") || "없음"}`;
    });
  }

  function checkMoney({ key, options, parameters }) {
    if (!("budget" in parameters)) return;
    const money = [...options.map((option) => option.cost ?? 0), parameters.budget];
    must(money.every((each) => Number.isSafeInteger(each) && each >= 0),
      `${key}: 금액이 0 이상의 정수가 아니거나, 이 화면에서 셀 수 없을 만큼 큽니다`);
  }

  /** What is told of a question in the sums of paper batches. */
  function sumsOf(key, paper) {
    const sums = { votes: new Map(), valid: 0, blank: 0, invalid: 0 };
    for (const { told } of paper) {
      const each = told[key] || {};
      for (const name of ["valid", "blank", "invalid"]) sums[name] += each[name] || 0;
      for (const [mark, votes] of Object.entries(each.votes || {}))
        sums.votes.set(mark, (sums.votes.get(mark) || 0) + votes);
    }
    return sums;
  }

  function countVotes(question, rows, figures, onPaper) {
    const { key, options } = question;
    const isWhole = question.whole_ballots === "public";
    const ballots = rows.map((row) => (isWhole ? marksOf(question, row) : [markOf(question, row)]));
    const chosen = ballots.flat().map(([option, value]) => [option, value, 1]);
    const sheets = [...onPaper.votes].map(([mark, n]) => [...markOf(question, mark), n]);
    const choices = chosen.length + sum(sheets.map(([, , n]) => n));
    must(choices === figures.choices, `${key}: 고른 수 ${choices}, 발표된 수 ${figures.choices}`);
    must(["valid", "blank", "invalid"].every((name) => onPaper[name] <= figures[name]),
      `${key}: 종이 묶음의 합계가 전체보다 많습니다`);
    if (isWhole) {
      must(ballots.length === figures.valid + figures.blank, `${key}: 표의 수가 발표와 다릅니다`);
      const fine = ballots.every((ballot) => !ballot.length || keepsLimits(question, ballot));
      must(fine, `${key}: 한도를 넘은 표를 유효로 세었습니다`);
    }
    checkMarks(key, question, chosen, figures.valid - onPaper.valid);
    checkMarks(key, question, [...chosen, ...sheets], figures.valid);
    const votes = Object.fromEntries(options.map((option) => [String(option.number), 0]));
    for (const [option, value, n] of [...chosen, ...sheets]) votes[option] += n * worthOf(question, value);
    return votes;
  }

  function keepsLimits(question, ballot) {
    const costs = new Map(question.options.map((option) => [String(option.number), option.cost || 0]));
    const named = ballot.map(([option]) => option);
    const limit = question.ballot_limit, total = question.parameters.total_at_most ?? null;
    return named.every((each) => costs.has(each)) && new Set(named).size === named.length &&
      question.at_least <= named.length && named.length <= question.at_most &&
      (limit === null || sum(named.map((each) => costs.get(each))) <= limit) &&
      (total === null || sum(ballot.map(([, value]) => value)) <= total);
  }

  /** Each option draws SHA-256 of the seed and its number; the lowest comes first. */
  function tieOrder(question, seed) {
    const numbers = question.options.map((option) => String(option.number));
    if (question.parameters.ties === "number") return numbers;
    const ticket = (each) => sha256(encoder.encode(`${seed} ${question.key}\n${each}`));
    return numbers
      .map((each) => [ticket(each), each])
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, each]) => each);
  }

  function winnersOf(question, votes, ties, figures, manifest) {
    const { rule, parameters, options } = question;
    if (rule === "majority") return majority(question, votes, figures, manifest);
    const order = [...ties].sort((one, other) => votes[other] - votes[one]);
    const minimum = parameters.minimum ?? 1;
    if (rule === "approval" || MARKED_BY[rule])
      return order.slice(0, parameters.seats).filter((each) => votes[each] >= minimum).map(Number);
    const costs = new Map(options.map((option) => [String(option.number), option.cost]));
    const winners = [];
    let left = parameters.budget;
    for (const each of order) {
      if (votes[each] < minimum) continue;
      if (costs.get(each) <= left) {
        winners.push(Number(each));
        left -= costs.get(each);
      } else if ((parameters.form ?? "skip") === "stop") break;
    }
    return winners;
  }

  function majority({ key, options, parameters }, votes, figures, manifest) {
    const [yes, no] = options.map((option) => String(option.number));
    const { threshold } = parameters;
    const valid = votes[yes] + votes[no];
    const of = parameters.of || (threshold === "two_thirds" ? "present" : "valid");
    must(["valid", "present"].includes(of), `${key}: 모르는 세는 법 ${of}`);
    let base = of === "valid" ? valid : valid + figures.blank;
    if (threshold === "absolute")
      base = sum(Object.entries(manifest.roll.styles)
        .filter(([style]) => manifest.styles[style].includes(key)).map(([, people]) => people));
    const carried = threshold === "two_thirds"
      ? votes[yes] > 0 && 3 * votes[yes] >= 2 * base
      : 2 * votes[yes] > base;
    return [Number(carried ? yes : no)];
  }

  return { check, Wrong };
};
