/* Who else has the text open: a quiet line, and who comes or goes as sentences to be said. */

export class Present {
  constructor(words) {
    this.words = words;
    this.element = document.getElementById("present");
    this.names = new Map();
  }

  /** Show `rows` (`[key, initials, name]`), and return who has come and who has gone since. */
  refresh(rows) {
    const before = this.names;
    this.names = new Map(rows.map(([key, , name]) => [key, name]));
    const all = Array.from(this.names.values()).join(", ");
    this.element.hidden = !all;
    this.element.textContent = this.words.also_here.replace("{names}", all);
    return [...told(this.words.came, this.names, before), ...told(this.words.went, before, this.names)];
  }
}

function told(text, names, known) {
  return Array.from(names).filter(([key]) => !known.has(key)).map(([, name]) => text.replace("{name}", name));
}
