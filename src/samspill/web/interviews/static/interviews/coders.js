/* Whose codings are shown. */

export class Coders {
  constructor(store) {
    this.store = store;
    this.field = document.getElementById("coders");
    this.place = document.getElementById("coders-list");
    this.place.addEventListener("change", (event) => {
      store.showCoder(Number(event.target.value), event.target.checked);
    });
  }

  refresh() {
    const counts = new Map();
    for (const { coder } of this.store.codings.values()) counts.set(coder, (counts.get(coder) ?? 0) + 1);
    const shown = Array.from(this.store.coders.values()).filter(({ key }) => counts.has(key));
    this.field.hidden = shown.length < 2;
    const keys = shown.map(({ key }) => key).join();
    if (keys !== this.keys) {
      this.keys = keys;
      this.place.replaceChildren(...shown.map((coder) => this.line(coder)));
    }
    for (const count of this.place.querySelectorAll(".count")) {
      count.textContent = counts.get(Number(count.dataset.coder)) ?? 0;
    }
  }

  line({ key, initials, name }) {
    const line = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.className = "ds-input";
    box.value = key;
    box.checked = !this.store.hidden.has(key);
    const text = document.createElement("span");
    text.textContent = `${name} (${initials})`;
    const count = document.createElement("span");
    count.className = "count";
    count.dataset.coder = key;
    line.append(box, text, count);
    return line;
  }
}
