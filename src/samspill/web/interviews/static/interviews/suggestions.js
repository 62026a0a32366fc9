/* Codes that the program suggests in the text: underlined with dots, and offered where a code is
   chosen. They count nowhere until a person gives the code. */

import { mark } from "./highlights.js";

const UNDER = -1;

export class Suggestions {
  constructor(positions, words) {
    Object.assign(this, { positions, words });
    this.element = document.getElementById("suggestions-waiting");
    this.all = [];
  }

  /** Rows are `[guid, start, end, code, score]`, best first. */
  put(rows) {
    this.all = rows.map(([guid, start, end, code, score]) => ({ guid, start, end, code, score }));
    mark("suggested", this.all.flatMap(({ start, end }) => this.positions.ranges(start, end)), UNDER);
    const text = this.all.length === 1 ? this.words.suggestion_waits : this.words.suggestions_wait;
    this.element.hidden = !this.all.length;
    this.element.firstElementChild.textContent = text.replace("{n}", this.all.length);
  }

  /** Those on some of the same words; of each code the best. */
  within({ start, end }) {
    const codes = new Set();
    return this.all.filter((one) => {
      if (one.start >= end || one.end <= start || codes.has(one.code)) return false;
      codes.add(one.code);
      return true;
    });
  }
}
