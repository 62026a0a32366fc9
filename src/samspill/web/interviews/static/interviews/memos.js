/* Memos on the text, on its codings and on codes. */

import { Refusal, get, post } from "./api.js";
import { announce, warn } from "./telling.js";

export class Memos extends EventTarget {
  constructor(at, text, words) {
    super();
    Object.assign(this, { at, text, words });
    this.all = [];
    this.dialog = document.getElementById("memo-dialog");
    this.field = document.getElementById("memo-text");
    this.heading = document.getElementById("memo-heading");
    this.on = {};
    document.getElementById("memo-on-text").addEventListener("click", () => this.write({}, words.memo_on_text));
    this.dialog.addEventListener("close", () => {
      if (this.dialog.returnValue === "save") this.save();
    });
  }

  /** Ask for a memo on a `coding`, on a `code`, or on the text where `on` has neither. */
  write(on, heading) {
    this.on = on;
    this.heading.textContent = heading;
    this.dialog.returnValue = "";
    this.dialog.showModal();
    this.field.focus();
  }

  async save() {
    try {
      this.show((await post(`${this.at}memos/add/`, { ...this.on, text: this.field.value })).memos);
      this.field.value = "";
      announce(this.words.memo_added);
    } catch (error) {
      warn(`${this.words.refused} ${error instanceof Refusal ? error.message : this.words.offline}`);
    }
  }

  async load() {
    this.show((await get(`${this.at}memos.json`)).memos);
  }

  show(memos) {
    this.all = memos;
    const here = this.about([this.text]);
    document.getElementById("memos").hidden = false;
    document.getElementById("memos-list").replaceChildren(...here.map(item));
    this.dispatchEvent(new Event("change"));
  }

  onCode(key) {
    return this.all.filter(({ codes }) => codes.includes(key));
  }

  about(guids) {
    return this.all.filter(({ about }) => about.some((guid) => guids.includes(guid)));
  }
}

/** A memo as an item of a list. */
export function item({ title, text, by }) {
  const made = document.createElement("li");
  if (title) {
    const head = document.createElement("strong");
    head.textContent = title;
    made.append(head, " ");
  }
  const who = document.createElement("span");
  who.className = "who";
  who.textContent = by;
  made.append(text, " ", who);
  return made;
}
