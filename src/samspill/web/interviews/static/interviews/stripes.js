/* Stripes in the margin: where codings begin and end, side by side where they overlap. What they say
   stands in the list, so they are for the eye and the mouse alone. */

const LANES = 7;

export class Stripes {
  constructor(positions, name, choose) {
    this.positions = positions;
    this.name = name;
    this.choose = choose;
  }

  draw(portion, groups) {
    const margin = this.margin(portion);
    const top = portion.element.getBoundingClientRect().top;
    const placed = groups.map((group) => this.extent(portion, group, top));
    const reached = [];
    margin.replaceChildren(...placed.map((extent) => {
      let lane = reached.findIndex((bottom) => bottom <= extent.top);
      if (lane < 0) lane = reached.length;
      reached[lane] = extent.bottom;
      return this.stripe(extent, Math.min(lane, LANES - 1));
    }));
  }

  margin(portion) {
    let margin = portion.element.querySelector(":scope > .margin");
    if (!margin) {
      margin = document.createElement("div");
      margin.className = "margin";
      margin.setAttribute("aria-hidden", "true");
      margin.addEventListener("click", (event) => {
        const key = event.target.dataset.key;
        if (key) this.choose(key);
      });
      portion.element.append(margin);
    }
    return margin;
  }

  extent(portion, group, top) {
    const start = Math.max(group.start, portion.start);
    const box = this.positions.range(start, Math.min(group.end, portion.end)).getBoundingClientRect();
    return { group, top: box.top - top, bottom: box.bottom - top };
  }

  stripe({ group, top, bottom }, lane) {
    const stripe = document.createElement("span");
    stripe.className = `stripe code-${group.code}`;
    stripe.dataset.key = group.key;
    stripe.title = this.name(group.code);
    stripe.style.top = `${top}px`;
    stripe.style.height = `${Math.max(bottom - top - 2, 4)}px`;
    stripe.style.insetInlineStart = `${lane * 7}px`;
    return stripe;
  }
}
