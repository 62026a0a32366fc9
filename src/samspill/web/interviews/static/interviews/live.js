/* What others do meanwhile: asked for every few seconds while the page is seen, and when it gets focus. */

import { get } from "./api.js";

const EVERY = 4000;

export class Live extends EventTarget {
  constructor(address, number) {
    super();
    this.address = address;
    this.number = number;
    this.asking = null;
    document.addEventListener("visibilitychange", () => this.ask());
    addEventListener("focus", () => this.ask());
    addEventListener("online", () => this.ask());
    setInterval(() => this.ask(), EVERY);
  }

  /** Ask now; several askings at once are one. */
  ask() {
    if (document.visibilityState === "hidden") return Promise.resolve();
    this.asking ??= this.news().finally(() => { this.asking = null; });
    return this.asking;
  }

  async news() {
    try {
      const news = await get(`${this.address}?since=${this.number}`);
      this.number = news.number;
      this.dispatchEvent(new CustomEvent("news", { detail: news }));
    } catch (error) {
      this.dispatchEvent(new CustomEvent("silence", { detail: error }));
    }
  }
}
