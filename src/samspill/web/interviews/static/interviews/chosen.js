import { item } from "./memos.js";

/* The coding that is chosen in the list: all of its words, who gave it, and what can be done with it. */

export class Chosen extends EventTarget {
  constructor(store, positions, codes, memos) {
    super();
    Object.assign(this, { store, positions, codes, memos });
    memos.addEventListener("change", () => this.refresh());
    this.key = null;
    this.element = document.getElementById("chosen");
    for (const deed of ["code", "words", "memo", "remove"]) {
      document.getElementById(`chosen-${deed}`).addEventListener("click", () => {
        this.dispatchEvent(new CustomEvent(deed, { detail: this.key }));
      });
    }
  }

  show(key) {
    this.key = key;
    this.refresh();
  }

  refresh() {
    const group = this.key && this.store.find(this.key);
    this.element.hidden = !group;
    if (!group) return;
    document.getElementById("chosen-heading").textContent = this.codes.label(group.code);
    document.getElementById("chosen-quote").textContent = this.positions.text(group.start, group.end);
    const names = group.codings.map(({ coder }) => this.store.coders.get(coder)?.name ?? "–");
    const memos = this.memos.about(group.codings.map(({ guid }) => guid));
    document.getElementById("chosen-memos").replaceChildren(...memos.map(item));
    document.getElementById("chosen-coders").textContent = names.join(", ");
  }
}
