/* What is selected in the text, by mouse or by keyboard. With the keyboard a reading cursor moves
   by word, sentence or paragraph; it is the browser's own selection, so that it can be heard, seen
   and copied like any other. */

import { Segments } from "./segments.js";

const KEYS = {
  ArrowLeft: ["previous", "word"],
  ArrowRight: ["next", "word"],
  ArrowUp: ["previous", "sentence"],
  ArrowDown: ["next", "sentence"],
  PageUp: ["previous", "paragraph"],
  PageDown: ["next", "paragraph"],
};

export class TextSelection extends EventTarget {
  constructor(positions, language) {
    super();
    this.positions = positions;
    this.segments = new Segments(positions, language);
    this.anchor = null;
    this.cursor = null;
    this.setting = false;
    positions.root.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("selectionchange", () => this.selected());
  }

  /** The selected words as `{start, end}`, or null. */
  passage() {
    const selection = document.getSelection();
    if (!selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const root = this.positions.root;
    if (!root.contains(range.startContainer) && !root.contains(range.endContainer)) return null;
    return this.positions.ofRange(range);
  }

  selected() {
    if (this.setting) {
      this.setting = false;
    } else {
      this.anchor = null;
      this.cursor = null;
    }
    this.dispatchEvent(new Event("change"));
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Home" || event.key === "End") {
      const paragraph = this.positions.paragraphs.at(event.key === "Home" ? 0 : -1);
      this.go(this.segments.of(paragraph, "paragraph")[0], event.shiftKey);
      event.preventDefault();
      return;
    }
    const [direction, kind] = KEYS[event.key] ?? [];
    if (!direction || !this.positions.paragraphs.length) return;
    event.preventDefault();
    this.move(direction, kind, event.shiftKey);
  }

  move(direction, kind, extend) {
    const here = this.cursor ?? this.passage();
    if (!here) {
      this.go(this.segments.at(this.firstInView(), kind), false);
      return;
    }
    const from = direction === "next" && !this.cursor ? here.end - 1 : here.start;
    const to = this.segments[direction](from, kind);
    if (to) this.go(to, extend);
  }

  go(segment, extend) {
    if (!extend) this.anchor = segment;
    else this.anchor ??= this.passage() ?? segment;
    this.cursor = segment;
    this.select({
      start: Math.min(this.anchor.start, segment.start),
      end: Math.max(this.anchor.end, segment.end),
    });
    bringIntoView(this.positions.range(segment.start, segment.end));
    this.dispatchEvent(new CustomEvent("move", { detail: { ...segment, extend } }));
  }

  select({ start, end }) {
    const range = this.positions.range(start, end);
    this.setting = true;
    document.getSelection().setBaseAndExtent(
      range.startContainer, range.startOffset, range.endContainer, range.endOffset,
    );
  }

  clear() {
    this.anchor = null;
    this.cursor = null;
    document.getSelection().removeAllRanges();
  }

  /** The first position that is seen. Only the portion at the top of the window is measured: to ask
      of a paragraph in one that is not laid out would have it laid out. */
  firstInView() {
    const below = (element) => element.getBoundingClientRect().bottom > 80;
    const portion = Array.from(this.positions.root.children).find(below);
    const seen = portion && Array.from(portion.querySelectorAll(":scope > .para")).find(below);
    return seen ? Number(seen.dataset.start) : this.positions.paragraphs[0].start;
  }
}

/** Scroll a range into the middle of the window unless it is well within it. */
export function bringIntoView(range) {
  const holder = range.startContainer.parentElement;
  holder.parentElement.scrollIntoView({ block: "nearest" });
  const box = range.getBoundingClientRect();
  if (box.top < 90 || box.bottom > innerHeight - 60) {
    scrollBy({ top: box.top - innerHeight / 3, behavior: "instant" });
  }
}
