/* The codes to the left: their tree with counts, a field to find one, and showing one's codings alone. */

export class Codes extends EventTarget {
  constructor(store) {
    super();
    this.store = store;
    this.place = document.getElementById("tree-place");
    this.filter = document.getElementById("find-code");
    this.only = null;
    this.read();
    document.getElementById("codes-filter").hidden = false;
    this.filter.addEventListener("input", () => this.narrow());
    this.place.addEventListener("click", (event) => {
      const button = event.target.closest("button.code");
      if (button) this.toggle(Number(button.parentElement.dataset.code));
    });
    if (matchMedia("(max-width: 64rem)").matches) document.getElementById("codes-details").open = false;
  }

  read() {
    const rows = JSON.parse(document.getElementById("codes").textContent);
    this.all = rows.map(([key, path, parent, codable]) => ({
      key, parent, codable, name: path.at(-1), label: path.join(" › "),
    }));
    this.byKey = new Map(this.all.map((code) => [code.key, code]));
  }

  replace(html) {
    this.place.innerHTML = html;
    this.read();
    this.narrow();
    this.count();
    this.press();
  }

  codable() {
    return this.all.filter((code) => code.codable);
  }

  name(key) {
    return this.byKey.get(key)?.name ?? "…";
  }

  label(key) {
    return this.byKey.get(key)?.label ?? "…";
  }

  narrow() {
    const wanted = this.filter.value.trim().toLocaleLowerCase();
    for (const item of this.items()) {
      item.hidden = !this.label(Number(item.dataset.code)).toLocaleLowerCase().includes(wanted);
    }
  }

  items() {
    return this.place.querySelectorAll("li[data-code]");
  }

  count() {
    const counts = this.store.counts();
    for (const item of this.items()) {
      item.querySelector(".count").textContent = counts.get(Number(item.dataset.code)) ?? 0;
    }
  }

  /** Show the codings of a code and of those below it alone, or all again. */
  toggle(key) {
    this.only = this.only === key ? null : key;
    this.press();
    this.store.showCodes(this.only === null ? null : this.below(this.only));
    this.dispatchEvent(new CustomEvent("choose", { detail: this.only }));
  }

  press() {
    for (const item of this.items()) {
      item.firstElementChild.setAttribute("aria-pressed", String(Number(item.dataset.code) === this.only));
    }
  }

  below(key) {
    const found = new Set([key]);
    for (const code of this.all) if (found.has(code.parent)) found.add(code.key);
    return found;
  }
}
