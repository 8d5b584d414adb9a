/* How a question is marked on the ballot page: options are chosen, ranked, or given points.  Each
   kind knows what is marked, what breaks a limit, and what the page says of it. */

class Choosing {
  constructor(question, form, { say, amount }) {
    Object.assign(this, { question, form, say, amount, key: question.key, title: question.title });
  }

  /** What is sealed: numbers, most wanted first where they are ranked, or pairs with points. */
  get answer() {
    return this.inputs().filter((input) => input.checked && input.value).map((input) => Number(input.value));
  }

  /** The options it names. */
  get named() {
    return this.answer;
  }

  inputs() {
    return [...this.form.querySelectorAll(`input[name="${this.key}"]`)];
  }

  option(number) {
    return this.question.options.find((option) => option.number === number);
  }

  get cost() {
    return this.named.reduce((sum, number) => sum + (this.option(number).cost || 0), 0);
  }

  /** Somebody touched this field. */
  changed() {}

  /** Nothing is marked any more. */
  forget() {}

  problem() {
    const { at_most: most, at_least: least, ballot_limit: limit } = this.question;
    const n = this.named.length;
    if (n > most) return this.say(this.words.over, { most, over: n - most });
    if (limit !== null && this.cost > limit)
      return this.say("over_limit", { over: this.amount(this.cost - limit) });
    return n && n < least ? this.say(this.words.under, { least }) : "";
  }

  words = { over: "over_count", under: "under_count", full: "note_full" };

  describe() {
    const n = this.named.length;
    if (!n) return this.say("none");
    return this.cost ? this.say("sum", { n, sum: this.amount(this.cost) }) : this.say("count", { n });
  }

  room() {
    const limit = this.question.ballot_limit;
    if (limit === null) return this.say("of", { most: this.question.at_most });
    const left = Math.max(0, limit - this.cost);
    return this.say("left", { limit: this.amount(limit), left: this.amount(left) });
  }

  /** Under each option that does not fit any more, why. */
  notes() {
    const { options, at_most: most, ballot_limit: limit } = this.question;
    const n = this.named.length, left = limit === null ? null : limit - this.cost;
    return options.map((option) => {
      if (this.named.includes(option.number) || most === 1) return [option, ""];
      if (n >= most) return [option, this.say(this.words.full, { most })];
      if (left !== null && option.cost > left)
        return [option, this.say("note_money", { missing: this.amount(option.cost - left) })];
      return [option, ""];
    });
  }

  /** The options as the review tells them, each with what stands at its side. */
  rows() {
    return this.question.options
      .filter((option) => this.named.includes(option.number))
      .map((option) => [option, option.cost === null ? "" : this.amount(option.cost)]);
  }

  /** Parts of the limit that are used up; `null` where there is no limit. */
  parts() {
    const { ballot_limit: limit } = this.question;
    return limit === null ? null : this.rows().map(([option]) => (option.cost || 0) / limit);
  }

  get isSummedUp() {
    return this.named.length > 0 && (this.question.ballot_limit !== null || this.cost > 0);
  }
}

/** Ticked in the order in which they are wanted; moved up and down in a list below. */
class Ranking extends Choosing {
  order = [];
  words = { over: "over_ranks", under: "under_ranks", full: "note_full" };

  /** Before somebody was listening the order of ticks would have been lost. */
  constructor(...given) {
    super(...given);
    for (const input of this.inputs()) input.disabled = false;
  }

  get answer() {
    return this.order;
  }

  changed(input) {
    const number = Number(input.value);
    this.order = this.order.filter((each) => each !== number);
    if (input.checked) this.order.push(number);
    this.list();
  }

  forget() {
    this.order = [];
    this.list();
  }

  move(number, by) {
    const from = this.order.indexOf(number), to = from + by;
    [this.order[from], this.order[to]] = [this.order[to], this.order[from]];
    this.list();
    const moved = this.place.querySelector(`[data-number="${number}"]`);
    const wanted = moved.querySelector(`[data-by="${by}"]`);
    (wanted.disabled ? moved.querySelector("button:enabled") : wanted).focus();
    this.place.querySelector("[role=status]").textContent = this.say("moved", {
      title: this.option(number).title, place: to + 1,
    });
  }

  get place() {
    return this.form.querySelector(`[data-question="${this.key}"] [data-ranks]`);
  }

  /** The list of what was ranked, and each number in its box. */
  list() {
    for (const input of this.inputs()) {
      const place = this.order.indexOf(Number(input.value)) + 1;
      if (place) input.dataset.place = place;
      else delete input.dataset.place;
    }
    this.place.querySelector("[data-none]").hidden = this.order.length > 0;
    this.place.querySelector("ol").replaceChildren(...this.order.map((number, at) => this.line(number, at)));
    this.place.querySelector("[role=status]").textContent = "";
  }

  line(number, at) {
    const line = document.getElementById("ranked").content.cloneNode(true).firstElementChild;
    const { title } = this.option(number);
    line.dataset.number = number;
    line.querySelector("strong").textContent = this.say("place", { place: at + 1 });
    line.querySelector("[data-title]").textContent = title;
    for (const button of line.querySelectorAll("button")) {
      const by = Number(button.dataset.by);
      button.setAttribute("aria-label", this.say(by < 0 ? "move_up" : "move_down", { title }));
      button.disabled = !(at + by in this.order);
      button.ariaDisabled = String(button.disabled);
      button.addEventListener("click", () => {
        this.move(number, by);
        this.form.dispatchEvent(new Event("change"));
      });
    }
    return line;
  }

  describe() {
    return this.order.length ? this.say("ranked", { n: this.order.length }) : this.say("none_ranked");
  }

  room() {
    return this.say("of_ranks", { most: this.question.at_most });
  }

  rows() {
    return this.order.map((number, at) => [this.option(number), this.say("place", { place: at + 1 })]);
  }

  parts() {
    return null;
  }

  get isSummedUp() {
    return false;
  }
}

/** Points for each option, by a row of buttons or a number that is typed. */
class Scoring extends Choosing {
  get total() {
    return this.question.parameters.total_at_most ?? null;
  }

  get each() {
    return this.question.parameters.each_at_most;
  }

  /** What stands in the field of an option, as text. */
  typed(option) {
    const name = `${this.key}-${option.number}`;
    const field = this.form.querySelector(`input[name="${name}"]:is(:checked, [type=number])`);
    return field?.validity.badInput ? "?" : field?.value.trim() || "0";
  }

  get answer() {
    return this.question.options
      .map((option) => [option.number, Number(this.typed(option))])
      .filter(([, points]) => points > 0);
  }

  get named() {
    return this.answer.map(([number]) => number);
  }

  get sum() {
    return this.answer.reduce((sum, [, points]) => sum + points, 0);
  }

  problem() {
    const most = this.each;
    const wrong = this.question.options.find((option) => {
      const typed = this.typed(option);
      return !/^[0-9]+$/.test(typed) || Number(typed) > most;
    });
    if (wrong) return this.say("wrong_points", { title: wrong.title, most });
    if (this.total !== null && this.sum > this.total)
      return this.say("over_points", { limit: this.total, over: this.sum - this.total });
    return super.problem();
  }

  describe() {
    const n = this.named.length;
    return n ? this.say("given", { n, sum: this.sum }) : this.say("none_given");
  }

  room() {
    if (this.total === null) return this.say("of_points", { most: this.each });
    return this.say("points_left", { limit: this.total, left: Math.max(0, this.total - this.sum) });
  }

  notes() {
    return [];
  }

  rows() {
    return this.answer.map(([number, points]) => [this.option(number), this.say("points", { points })]);
  }

  parts() {
    return this.total === null ? null : this.answer.map(([, points]) => points / this.total);
  }

  get isSummedUp() {
    return this.named.length > 0;
  }
}

const KINDS = { choose: Choosing, rank: Ranking, score: Scoring };

export const marked = (question, form, page) => new KINDS[question.marking](question, form, page);
