/* Codings marked in the text by the browser's own highlights, one for each code. Only the portions
   of the text in and near the window are marked. */

const NEAR = "800px 0px";

export const supported = Boolean(globalThis.CSS?.highlights && globalThis.Highlight);

export class Highlights {
  constructor(positions, store, whenShown) {
    this.positions = positions;
    this.store = store;
    this.whenShown = whenShown;
    this.shown = new Set();
    this.drawn = new Map();
    this.portions = Array.from(positions.root.querySelectorAll(".portion"), (element) => {
      const first = Number(element.firstElementChild?.dataset.start ?? 0);
      const last = Number(element.lastElementChild?.dataset.end ?? 0);
      return { element, start: first, end: last };
    });
    const byElement = new Map(this.portions.map((portion) => [portion.element, portion]));
    this.observer = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        const portion = byElement.get(entry.target);
        if (entry.isIntersecting) this.show(portion);
        else this.hide(portion);
      }
    }, { rootMargin: NEAR });
    this.portions.forEach((portion) => this.observer.observe(portion.element));
  }

  show(portion) {
    this.shown.add(portion);
    this.draw(portion);
  }

  /** Draw all of the text, as on paper. */
  showAll() {
    this.portions.filter((portion) => !this.shown.has(portion)).forEach((portion) => this.show(portion));
  }

  hide(portion) {
    this.shown.delete(portion);
    this.clear(portion);
  }

  /** Draw anew what is shown, or of it only where one of the places lies. */
  refresh(places = null) {
    for (const portion of this.shown) {
      const here = ({ start, end }) => start < portion.end && end > portion.start;
      if (!places || places.some(here)) this.draw(portion);
    }
  }

  draw(portion) {
    this.clear(portion);
    const groups = this.store.groups.filter((g) => g.start < portion.end && g.end > portion.start);
    const drawn = [];
    if (supported) {
      for (const group of groups) {
        const start = Math.max(group.start, portion.start);
        const highlight = named(`code-${group.code}`);
        for (const range of this.positions.ranges(start, Math.min(group.end, portion.end))) {
          highlight.add(range);
          drawn.push([highlight, range]);
        }
      }
    }
    this.drawn.set(portion, drawn);
    this.whenShown(portion, groups);
  }

  clear(portion) {
    for (const [highlight, range] of this.drawn.get(portion) ?? []) highlight.delete(range);
    this.drawn.delete(portion);
  }
}

function named(name) {
  let highlight = CSS.highlights.get(name);
  if (!highlight) {
    highlight = new Highlight();
    CSS.highlights.set(name, highlight);
  }
  return highlight;
}

/** Mark ranges under a name of their own (`chosen`, `picked`); none takes the mark away. */
export function mark(name, ranges, priority = 10) {
  if (!supported) return;
  if (!ranges.length) {
    CSS.highlights.delete(name);
    return;
  }
  const highlight = new Highlight(...ranges);
  highlight.priority = priority;
  CSS.highlights.set(name, highlight);
}
