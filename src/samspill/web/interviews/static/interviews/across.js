/* What the other side says of the code that is looked at: fetched when a coding or a code is chosen. */

import { page } from "./api.js";

export class Across {
  constructor(at) {
    this.at = at;
    this.code = null;
    this.open = false;
    this.element = document.getElementById("across");
    this.element.addEventListener("toggle", (event) => { this.open = event.target.open; }, true);
  }

  async show(code) {
    if (code === this.code) return;
    this.code = code;
    this.element.hidden = !code;
    if (!code) return;
    try {
      const html = await page(`${this.at}other-side/${code}/`);
      if (this.code !== code) return;
      this.element.innerHTML = html;
      const details = this.element.querySelector("details");
      if (details) details.open = this.open;
    } catch {
      if (this.code === code) this.element.hidden = true;
    }
  }
}
