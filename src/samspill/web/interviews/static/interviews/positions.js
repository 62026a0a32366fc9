/* Positions in the text are codepoints everywhere but in the browser's own ranges, which count UTF-16
   units. This module is the one place that turns one into the other. */

const WIDE = /[\ud800-\udbff]/;

function paragraphOf(element) {
  const holder = element.parentElement;
  const node = element.firstChild;
  return {
    element: holder,
    node,
    text: node.data,
    wide: WIDE.test(node.data),
    start: Number(holder.dataset.start),
    end: Number(holder.dataset.end),
  };
}

export class Positions {
  constructor(root) {
    this.root = root;
    this.paragraphs = Array.from(root.querySelectorAll(".words"), paragraphOf);
    this.paragraphs.forEach((paragraph, index) => { paragraph.index = index; });
  }

  /** The last paragraph that begins at or before a position. */
  paragraphAt(position) {
    let low = 0;
    let high = this.paragraphs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.paragraphs[middle].start <= position) low = middle;
      else high = middle - 1;
    }
    return this.paragraphs[low];
  }

  /** The UTF-16 offset within a paragraph's node; positions outside it are its ends. */
  unit(paragraph, position) {
    const wanted = Math.min(Math.max(position, paragraph.start), paragraph.end) - paragraph.start;
    if (!paragraph.wide) return wanted;
    let offset = 0;
    for (let count = 0; count < wanted; count += 1) {
      offset += paragraph.text.codePointAt(offset) > 0xffff ? 2 : 1;
    }
    return offset;
  }

  /** The position of a UTF-16 offset within a paragraph's node. */
  ofUnit(paragraph, offset) {
    if (!paragraph.wide) return paragraph.start + offset;
    let count = 0;
    for (let at = 0; at < offset; count += 1) {
      at += paragraph.text.codePointAt(at) > 0xffff ? 2 : 1;
    }
    return paragraph.start + count;
  }

  /** The position of a point of the document, which may lie between paragraphs. */
  ofPoint(node, offset) {
    const holder = node.nodeType === Node.TEXT_NODE ? node.parentElement : null;
    if (holder && holder.classList.contains("words")) {
      return this.ofUnit(this.paragraphAt(Number(holder.parentElement.dataset.start)), offset);
    }
    const point = document.createRange();
    point.setStart(node, offset);
    let low = 0;
    let high = this.paragraphs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (point.comparePoint(this.paragraphs[middle].node, 0) >= 0) high = middle;
      else low = middle + 1;
    }
    const next = this.paragraphs[low];
    return next ? next.start : this.paragraphs.at(-1).end;
  }

  /** What a range of the document covers, without the space around it; null where that is nothing. */
  ofRange(range) {
    if (!this.paragraphs.length || range.collapsed) return null;
    return this.tidy(
      this.ofPoint(range.startContainer, range.startOffset),
      this.ofPoint(range.endContainer, range.endOffset),
    );
  }

  tidy(start, end) {
    let first = this.paragraphAt(start);
    let from = this.unit(first, start);
    const skipped = first.text.slice(from).length - first.text.slice(from).trimStart().length;
    from += skipped;
    if (from >= first.text.length && first.index + 1 < this.paragraphs.length) {
      first = this.paragraphs[first.index + 1];
      from = 0;
    }
    let last = this.paragraphAt(end);
    let to = this.unit(last, end);
    if (to === 0 && last.index > 0) {
      last = this.paragraphs[last.index - 1];
      to = last.text.length;
    }
    to = last.text.slice(0, to).trimEnd().length;
    const passage = { start: this.ofUnit(first, from), end: this.ofUnit(last, to) };
    return passage.start < passage.end ? passage : null;
  }

  /** A range of the document that covers `[start, end)`. */
  range(start, end) {
    const first = this.paragraphAt(start);
    const last = this.paragraphAt(Math.max(start, end - 1));
    const range = document.createRange();
    range.setStart(first.node, this.unit(first, start));
    range.setEnd(last.node, this.unit(last, end));
    return range;
  }

  /** The same as ranges within each paragraph, so that names of speakers are not among them. */
  ranges(start, end) {
    const found = [];
    for (let index = this.paragraphAt(start).index; index < this.paragraphs.length; index += 1) {
      const paragraph = this.paragraphs[index];
      if (paragraph.start >= end) break;
      const range = document.createRange();
      range.setStart(paragraph.node, this.unit(paragraph, start));
      range.setEnd(paragraph.node, this.unit(paragraph, end));
      if (!range.collapsed) found.push(range);
    }
    return found;
  }

  /** The words of `[start, end)`; paragraphs are divided by a space. */
  text(start, end) {
    const parts = [];
    for (let index = this.paragraphAt(start).index; index < this.paragraphs.length; index += 1) {
      const paragraph = this.paragraphs[index];
      if (paragraph.start >= end) break;
      parts.push(paragraph.text.slice(this.unit(paragraph, start), this.unit(paragraph, end)));
    }
    return parts.join(" ").trim();
  }
}
