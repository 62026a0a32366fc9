/* Memos on the code that is looked at, and writing one. */

import { item } from "./memos.js";

export class CodeMemos {
  constructor(memos, codes, words) {
    Object.assign(this, { memos, codes, words });
    this.code = null;
    this.element = document.getElementById("code-memos");
    this.heading = document.getElementById("code-memos-heading");
    this.list = document.getElementById("code-memos-list");
    document.getElementById("memo-on-code").addEventListener("click", () => {
      memos.write({ code: this.code }, words.memo_on_code.replace("{code}", codes.name(this.code)));
    });
    memos.addEventListener("change", () => this.refresh());
  }

  show(code) {
    this.code = code;
    this.refresh();
  }

  refresh() {
    this.element.hidden = !this.code;
    if (!this.code) return;
    this.heading.textContent = this.words.memos_on_code.replace("{code}", this.codes.name(this.code));
    this.list.replaceChildren(...this.memos.onCode(this.code).map(item));
  }
}
