/* What is coded in the text, as this page knows it: codings by identity, and those that are shown
   gathered into groups of the same words with the same code. */

function byPlace(one, other) {
  return one.start - other.start || one.end - other.end || one.code - other.code;
}

export class Store extends EventTarget {
  constructor(me) {
    super();
    this.me = me;
    this.codings = new Map();
    this.coders = new Map();
    this.hidden = new Set();
    this.only = null;
    this.groups = [];
  }

  setCoders(rows) {
    this.coders = new Map(rows.map(([key, initials, name]) => [key, { key, initials, name }]));
  }

  /** Rows are `[guid, start, end, code, coder]`. */
  put(rows, { saving = false } = {}) {
    const touched = [];
    for (const [guid, start, end, code, coder] of rows) {
      const before = this.codings.get(guid);
      const coding = { guid, start, end, code, coder, saving };
      this.codings.set(guid, coding);
      touched.push(coding, ...(before ? [before] : []));
    }
    if (rows.length) this.changed(touched);
  }

  drop(guids) {
    const gone = guids.map((guid) => this.codings.get(guid)).filter(Boolean);
    gone.forEach(({ guid }) => this.codings.delete(guid));
    if (gone.length) this.changed(gone);
  }

  replaceAll(rows) {
    this.codings.clear();
    for (const [guid, start, end, code, coder] of rows) {
      this.codings.set(guid, { guid, start, end, code, coder, saving: false });
    }
    this.changed();
  }

  /** Show only codings with these codes (a Set of keys), or with all where it is null. */
  showCodes(only) {
    this.only = only;
    this.changed();
  }

  showCoder(key, shown) {
    if (shown) this.hidden.delete(key);
    else this.hidden.add(key);
    this.changed();
  }

  /** Tell of a change; `touched` are the places in the text that it is about, all where it is null. */
  changed(touched = null) {
    this.groups = this.gathered();
    this.dispatchEvent(new CustomEvent("change", { detail: touched }));
  }

  gathered() {
    const groups = new Map();
    for (const coding of this.codings.values()) {
      if (this.hidden.has(coding.coder)) continue;
      const key = `${coding.start}-${coding.end}-${coding.code}`;
      const group = groups.get(key);
      if (group) group.codings.push(coding);
      else groups.set(key, { key, start: coding.start, end: coding.end, code: coding.code, codings: [coding], disputed: false });
    }
    const sorted = Array.from(groups.values()).sort(byPlace);
    markDisputed(sorted);
    return this.only ? sorted.filter((group) => this.only.has(group.code)) : sorted;
  }

  /** How often each code is given by the coders that are shown. */
  counts() {
    const counts = new Map();
    for (const coding of this.codings.values()) {
      if (!this.hidden.has(coding.coder)) counts.set(coding.code, (counts.get(coding.code) || 0) + 1);
    }
    return counts;
  }

  find(key) {
    return this.groups.find((group) => group.key === key);
  }
}

/* A passage is disputed where another coder has coded some of its words, but none with its code. */
function markDisputed(sorted) {
  let open = [];
  const overlaps = new Map();
  for (const group of sorted) {
    open = open.filter((other) => other.end > group.start);
    for (const other of open) {
      if (!overlaps.has(group)) overlaps.set(group, []);
      if (!overlaps.has(other)) overlaps.set(other, []);
      overlaps.get(group).push(other);
      overlaps.get(other).push(group);
    }
    open.push(group);
  }
  for (const [group, others] of overlaps) {
    const agreeing = new Set(group.codings.map((coding) => coding.coder));
    for (const other of others) {
      if (other.code === group.code) other.codings.forEach((coding) => agreeing.add(coding.coder));
    }
    group.disputed = others.some((other) => other.codings.some((coding) => !agreeing.has(coding.coder)));
  }
}
