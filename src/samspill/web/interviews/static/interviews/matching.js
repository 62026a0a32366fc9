/* Finding codes by a few letters: the beginning of a name first, then of a word in it, then letters
   that follow each other in the name or in the path to it. */

/** Codes that fit, best first, as `{code, marks}`; marks are the places of the letters in its path. */
export function matching(query, codes, recent = []) {
  const wanted = query.trim().toLocaleLowerCase();
  if (!wanted) {
    const first = recent.map((key) => codes.find((code) => code.key === key)).filter(Boolean);
    const rest = codes.filter((code) => !first.includes(code));
    return [...first, ...rest].map((code) => ({ code, marks: [] }));
  }
  return codes
    .map((code, place) => ({ code, place, ...scored(wanted, code) }))
    .filter((found) => found.score > 0)
    .sort((one, other) => other.score - one.score || one.place - other.place);
}

function scored(wanted, code) {
  const path = code.label.toLocaleLowerCase();
  const from = path.length - code.name.length;
  const name = path.slice(from);
  if (name.startsWith(wanted)) return { score: 100, marks: run(from, wanted.length) };
  const word = name.search(new RegExp(`(?<=[\\s/–-])${escaped(wanted)}`, "u"));
  if (word >= 0) return { score: 80, marks: run(from + word, wanted.length) };
  const within = name.indexOf(wanted);
  if (within >= 0) return { score: 60, marks: run(from + within, wanted.length) };
  const initials = spread(wanted, name, from, /(?:^|[\s/–-])(\p{L})/gu);
  if (initials) return { score: 50, marks: initials };
  const anywhere = path.indexOf(wanted);
  if (anywhere >= 0) return { score: 40, marks: run(anywhere, wanted.length) };
  const letters = subsequence(wanted, name, from) ?? subsequence(wanted, path, 0);
  return letters ? { score: 20 - (letters.at(-1) - letters[0]) / 100, marks: letters } : { score: 0, marks: [] };
}

function run(start, length) {
  return Array.from({ length }, (_, place) => start + place);
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

function spread(wanted, name, from, pattern) {
  const starts = Array.from(name.matchAll(pattern), (found) => found.index + found[0].length - 1);
  const letters = starts.map((start) => name[start]).join("");
  return wanted.length > 1 && letters.startsWith(wanted)
    ? starts.slice(0, wanted.length).map((start) => from + start)
    : null;
}

function subsequence(wanted, text, from) {
  const places = [];
  let at = -1;
  for (const letter of wanted) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return null;
    places.push(from + at);
  }
  return places;
}
