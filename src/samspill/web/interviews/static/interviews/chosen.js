/* The coding that is chosen in the list: all of its words, who gave it, and what can be done with it. */

export class Chosen extends EventTarget {
  constructor(store, positions, codes) {
    super();
    Object.assign(this, { store, positions, codes });
    this.key = null;
    this.element = document.getElementById("chosen");
    for (const deed of ["code", "words", "remove"]) {
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
    document.getElementById("chosen-coders").textContent = names.join(", ");
  }
}
