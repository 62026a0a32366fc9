/* The field where a code is chosen by its first letters (a combobox of ARIA). */

import { matching } from "./matching.js";

const SHOWN = 8;

export class Picker {
  constructor(words, codes, announce) {
    this.words = words;
    this.codes = codes;
    this.announce = announce;
    this.element = document.getElementById("picker");
    this.input = document.getElementById("picker-input");
    this.list = document.getElementById("picker-list");
    this.none = document.getElementById("picker-none");
    this.proposed = document.getElementById("picker-suggested");
    this.recent = [];
    this.suggested = [];
    this.options = [];
    this.active = 0;
    this.input.addEventListener("input", () => this.fill());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.take(Number(option.dataset.place));
    });
    this.proposed.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.refuse(button.dataset.guid);
    });
    this.element.addEventListener("focusout", (event) => {
      if (!this.element.hidden && !this.element.contains(event.relatedTarget)) this.close();
    });
  }

  /** Ask for a code at a place of the page; `chosen` gets `{code}` or `{new_code}`, with the
      `suggestion` that was taken, `refused` each that was turned down; `closed` is called in any
      case. */
  open({ box, typed = "", suggested = [], chosen, refused, closed }) {
    Object.assign(this, { suggested, chosen, refused, closed });
    this.offer();
    this.element.hidden = false;
    this.place(box);
    this.input.value = typed;
    this.fill();
    this.input.focus({ preventScroll: true });
  }

  place(box) {
    const holder = this.element.offsetParent.getBoundingClientRect();
    const width = this.element.offsetWidth;
    const left = Math.min(Math.max(box.left - holder.left, 0), holder.width - width);
    this.element.style.insetInlineStart = `${Math.max(left, 0)}px`;
    this.element.style.insetBlockStart = `${box.bottom - holder.top + 6}px`;
    const over = this.element.getBoundingClientRect().top + 340 - innerHeight;
    if (over > 0) scrollBy({ top: Math.min(over, box.top - 90), behavior: "instant" });
  }

  fill() {
    const typed = this.input.value.trim();
    const first = [...this.suggested.map(({ code }) => code), ...this.recent];
    this.options = matching(typed, this.codes.codable(), first).slice(0, SHOWN);
    const exact = this.options.some(({ code }) => code.name.toLocaleLowerCase() === typed.toLocaleLowerCase());
    if (typed.length > 1 && !exact) this.options.push({ fresh: typed });
    this.list.replaceChildren(...this.options.map((option, place) => this.option(option, place)));
    this.none.hidden = this.options.length > 0;
    this.none.textContent = this.words.nothing;
    this.activate(0);
    this.announce(this.words.codes_found.replace("{n}", this.options.length));
  }

  option({ code, marks, fresh }, place) {
    const item = document.createElement("li");
    item.id = `picker-option-${place}`;
    item.dataset.place = place;
    item.setAttribute("role", "option");
    if (fresh) {
      item.textContent = this.words.new_code.replace("{name}", fresh);
      item.className = "fresh";
      return item;
    }
    const swatch = document.createElement("span");
    swatch.className = `swatch code-${code.key}`;
    swatch.setAttribute("aria-hidden", "true");
    const label = document.createElement("span");
    label.append(...marked(code.label, new Set(marks)));
    item.append(swatch, label);
    if (this.suggestionOf(code.key)) {
      const chip = document.createElement("span");
      chip.className = "chip";
      chip.textContent = this.words.suggested;
      item.append(" ", chip);
    }
    return item;
  }

  suggestionOf(key) {
    return this.suggested.find(({ code }) => code === key);
  }

  /** What is suggested here, each with a way to refuse it. */
  offer() {
    this.proposed.hidden = !this.suggested.length;
    const rows = this.suggested.map(({ guid, code, score }) => {
      const row = document.createElement("li");
      const name = document.createElement("span");
      name.textContent = this.words.suggested_code
        .replace("{code}", this.codes.name(code))
        .replace("{score}", score.toLocaleString(document.documentElement.lang, { minimumFractionDigits: 2, maximumFractionDigits: 2 }));
      const button = document.createElement("button");
      button.type = "button";
      button.className = "link-button";
      button.dataset.guid = guid;
      button.textContent = this.words.refuse;
      button.setAttribute("aria-label", this.words.refuse_code.replace("{code}", this.codes.name(code)));
      row.append(name, " ", button);
      return row;
    });
    this.proposed.querySelector("ul").replaceChildren(...rows);
  }

  refuse(guid) {
    this.suggested = this.suggested.filter((one) => one.guid !== guid);
    this.input.focus({ preventScroll: true });
    this.offer();
    this.fill();
    this.refused(guid);
  }

  activate(place) {
    this.active = Math.max(0, Math.min(place, this.options.length - 1));
    Array.from(this.list.children).forEach((item, index) => {
      item.setAttribute("aria-selected", String(index === this.active));
    });
    const item = this.list.children[this.active];
    if (item) {
      this.input.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: SHOWN, PageUp: -SHOWN };
    if (event.key in steps) this.activate(this.active + steps[event.key]);
    else if (event.key === "Enter") this.take(this.active);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  take(place) {
    const option = this.options[place];
    if (!option) return;
    const { chosen } = this;
    if (option.code) this.remember(option.code.key);
    this.close();
    if (option.fresh) {
      chosen({ new_code: option.fresh });
      return;
    }
    const suggestion = this.suggestionOf(option.code.key)?.guid;
    chosen({ code: option.code.key, ...(suggestion ? { suggestion } : {}) });
  }

  remember(key) {
    this.recent = [key, ...this.recent.filter((other) => other !== key)].slice(0, SHOWN);
  }

  close() {
    if (this.element.hidden) return;
    this.element.hidden = true;
    this.closed?.();
  }
}

function* marked(text, marks) {
  for (const [place, letter] of Array.from(text).entries()) {
    if (!marks.has(place)) {
      yield letter;
    } else {
      const bold = document.createElement("b");
      bold.textContent = letter;
      yield bold;
    }
  }
}
