/* The codings beside the text, as a list of which only the rows in its window are in the page. */

const EXTRA = 6;

export class CodingList extends EventTarget {
  constructor(store, positions, codes, words) {
    super();
    this.store = store;
    this.positions = positions;
    this.codes = codes;
    this.words = words;
    this.scroll = document.getElementById("codings-scroll");
    this.list = document.getElementById("codings");
    this.none = document.getElementById("codings-none");
    this.heading = document.getElementById("codings-heading");
    this.rows = new Map();
    this.current = null;
    this.height = 0;
    this.scroll.hidden = false;
    this.scroll.addEventListener("scroll", () => this.later(), { passive: true });
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("button");
      if (row) this.tell("choose", row.dataset.key);
    });
    this.list.addEventListener("focusin", (event) => {
      this.current = event.target.dataset.key;
      this.tell("visit", this.current);
    });
    new ResizeObserver(() => this.render()).observe(this.scroll);
  }

  tell(name, key) {
    this.dispatchEvent(new CustomEvent(name, { detail: key }));
  }

  later() {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      this.render();
    });
  }

  /** Show the groups of the store anew; a row that has focus keeps it. */
  refresh() {
    const { groups } = this.store;
    const [one, many] = [this.words.coding, this.words.codings];
    this.heading.textContent = (groups.length === 1 ? one : many).replace("{n}", groups.length);
    this.none.hidden = groups.length > 0;
    this.none.textContent = this.store.codings.size ? this.words.none_shown : this.words.none;
    this.scroll.hidden = groups.length === 0;
    const held = this.focused();
    if (held && !this.store.find(held)) this.moveFrom(held);
    this.render(true);
  }

  focused() {
    return this.list.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  }

  /** The row with focus is gone: the one that stands in its place gets it. */
  moveFrom(key) {
    const start = Number(key.split("-")[0]);
    const { groups } = this.store;
    const next = groups.find((group) => group.start >= start) ?? groups.at(-1);
    if (next) this.focus(next.key);
    else this.tell("empty", null);
  }

  rowHeight() {
    if (!this.height) {
      const row = this.row({ key: "", start: 0, end: 1, code: 0, codings: [], disputed: false });
      this.list.append(row);
      this.height = row.offsetHeight + 8;
      row.remove();
    }
    return this.height;
  }

  render(anew = false) {
    const { groups } = this.store;
    if (this.scroll.hidden) return;
    const height = this.rowHeight();
    this.list.style.blockSize = `${groups.length * height}px`;
    const first = Math.max(0, Math.floor(this.scroll.scrollTop / height) - EXTRA);
    const last = Math.min(groups.length, first + Math.ceil(this.scroll.clientHeight / height) + 2 * EXTRA);
    const held = this.focused();
    const wanted = new Map();
    for (let place = first; place < last; place += 1) wanted.set(groups[place].key, place);
    if (held && !wanted.has(held)) {
      const place = groups.findIndex((group) => group.key === held);
      if (place >= 0) wanted.set(held, place);
    }
    for (const [key, row] of this.rows) {
      if (!wanted.has(key)) {
        row.remove();
        this.rows.delete(key);
      }
    }
    const tabbable = wanted.has(this.current) ? this.current : groups[Math.min(first + EXTRA, groups.length - 1)]?.key;
    let before = null;
    for (const [key, place] of Array.from(wanted).sort((a, b) => a[1] - b[1])) {
      let row = this.rows.get(key);
      if (!row) {
        row = this.row(groups[place]);
        this.rows.set(key, row);
      } else if (anew) {
        this.fill(row, groups[place]);
      }
      row.style.insetBlockStart = `${place * height}px`;
      row.setAttribute("aria-posinset", place + 1);
      row.setAttribute("aria-setsize", groups.length);
      row.firstElementChild.tabIndex = key === (tabbable ?? "") ? 0 : -1;
      const there = before ? before.nextElementSibling : this.list.firstElementChild;
      if (there !== row) this.list.insertBefore(row, there);
      before = row;
    }
  }

  row(group) {
    const row = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    row.append(button);
    this.fill(row, group);
    return row;
  }

  fill(row, group) {
    const button = row.firstElementChild;
    const saving = group.codings.some((coding) => coding.saving);
    button.className = `coding code-${group.code}`;
    button.dataset.key = group.key;
    const first = document.createElement("span");
    first.className = "first";
    const name = document.createElement("strong");
    name.textContent = this.codes.name(group.code);
    const who = document.createElement("span");
    who.className = "who";
    who.textContent = this.initials(group);
    first.append(name, " ", who);
    if (group.disputed) first.append(" ", chip(this.words.disagreement, "disputed"));
    if (saving) first.append(" ", chip(this.words.saving, "saving"));
    const quote = document.createElement("q");
    quote.textContent = group.key ? this.positions.text(group.start, Math.min(group.end, group.start + 160)) : " ";
    button.replaceChildren(first, quote);
  }

  initials(group) {
    const all = group.codings.map((coding) => this.store.coders.get(coding.coder)?.initials ?? "–");
    return Array.from(new Set(all)).join(", ");
  }

  key(event) {
    const key = event.target.dataset.key;
    const { groups } = this.store;
    const place = groups.findIndex((group) => group.key === key);
    const page = Math.max(1, Math.floor(this.scroll.clientHeight / this.rowHeight()) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -groups.length, End: groups.length };
    if (event.ctrlKey || event.metaKey || event.altKey || place < 0) return;
    if (event.key in steps) {
      const to = Math.max(0, Math.min(groups.length - 1, place + steps[event.key]));
      this.focus(groups[to].key);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      this.tell("remove", key);
    } else {
      return;
    }
    event.preventDefault();
  }

  /** Give the row of a group focus, wherever it is. */
  focus(key) {
    this.current = key;
    this.reveal(key);
    this.render();
    this.rows.get(key)?.firstElementChild.focus({ preventScroll: true });
  }

  reveal(key) {
    const place = this.store.groups.findIndex((group) => group.key === key);
    const top = place * this.rowHeight();
    const { scrollTop, clientHeight } = this.scroll;
    if (top < scrollTop) this.scroll.scrollTop = top;
    else if (top + this.height > scrollTop + clientHeight) this.scroll.scrollTop = top + this.height - clientHeight;
  }

  /** Let the list follow the text, unless it is in use. */
  follow(position) {
    if (this.focused() || this.scroll.matches(":hover")) return;
    const place = this.store.groups.findIndex((group) => group.end > position);
    if (place >= 0) this.scroll.scrollTop = place * this.rowHeight();
  }
}

function chip(text, kind) {
  const made = document.createElement("span");
  made.className = `chip ${kind}`;
  made.textContent = text;
  return made;
}
