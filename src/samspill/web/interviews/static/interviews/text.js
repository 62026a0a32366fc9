/* The page of a text: what its parts tell each other. */

import { Across } from "./across.js";
import { Refusal, get, page as fetchPage, post } from "./api.js";
import { Chosen } from "./chosen.js";
import { Coders } from "./coders.js";
import { CodeMemos } from "./codememos.js";
import { Codes } from "./codes.js";
import { Highlights, mark } from "./highlights.js";
import { CodingList } from "./list.js";
import { Live } from "./live.js";
import { Memos } from "./memos.js";
import { Picker } from "./picker.js";
import { Positions } from "./positions.js";
import { Present } from "./present.js";
import { TextSelection, bringIntoView } from "./selection.js";
import { wireShortcuts } from "./shortcuts.js";
import { Store } from "./store.js";
import { Stripes } from "./stripes.js";
import { Suggestions } from "./suggestions.js";
import { announce, hush, warn } from "./telling.js";

const page = JSON.parse(document.getElementById("page").textContent);
const { words } = page;
const root = document.getElementById("text");
const here = document.getElementById("code-here");

const positions = new Positions(root);
const store = new Store(page.coder);
const codes = new Codes(store);
const coders = new Coders(store);
const list = new CodingList(store, positions, codes, words);
const memos = new Memos(page.at, page.source, words);
const chosen = new Chosen(store, positions, codes, memos);
const across = new Across(page.at);
const codeMemos = new CodeMemos(memos, codes, words);
const stripes = new Stripes(positions, (code) => codes.label(code), (key) => { choose(key); list.focus(key); });
const highlights = new Highlights(positions, store, (portion, groups) => stripes.draw(portion, groups));
const selection = new TextSelection(positions, page.language);
const suggestions = new Suggestions(positions, words);
const picker = new Picker(words, codes, announce);
const present = new Present(words);
const live = new Live(`${page.at}changes.json`, page.number);
let resizing = null;

/* showing */

store.addEventListener("change", ({ detail }) => {
  highlights.refresh(detail);
  list.refresh();
  codes.count();
  coders.refresh();
  chosen.refresh();
});

function showLine({ undo, redo }) {
  for (const [name, deed] of Object.entries({ undo, redo })) {
    const button = document.getElementById(name);
    button.title = deed ? words[name].replace("{deed}", deed) : "";
    if (deed) button.removeAttribute("aria-disabled");
    else button.setAttribute("aria-disabled", "true");
  }
}

async function load() {
  const all = await get(`${page.at}codings.json`);
  store.setCoders(all.coders);
  store.replaceAll(all.codings);
  suggestions.put(all.suggestions);
  live.number = Math.max(live.number, all.number);
  performance.mark("codings-shown");
}

async function refreshCodes() {
  codes.replace(await fetchPage(`${page.at}tree/`));
  document.getElementById("styles").href = `${page.styles}?v=${live.number}`;
  store.changed();
}

/* changing: shown at once, taken back where the server refuses */

function guid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

async function save(address, content, told, takeBack) {
  try {
    const done = await post(address, { revision: page.revision, ...content });
    store.drop(done.gone.filter((gone) => store.codings.has(gone)));
    store.put(done.put);
    if (done.suggestions) suggestions.put(done.suggestions);
    showLine(done);
    if (content.new_code) {
      await live.ask();
      if (done.put.some(([, , , code]) => !codes.byKey.has(code))) await refreshCodes();
      done.put.forEach(([, , , code]) => picker.remember(code));
    }
    announce(typeof told === "function" ? told(done) : told);
  } catch (error) {
    takeBack();
    const said = error instanceof Refusal ? error.message : words.offline;
    warn(`${words.refused} ${said}`);
  }
}

const named = (text) => (done) => text.replace("{code}", codes.name(done.put[0]?.[3]));

function add({ start, end }, choice) {
  const made = guid();
  if (choice.code) store.put([[made, start, end, choice.code, page.coder]], { saving: true });
  return save(`${page.at}codings/add/`, { guid: made, start, end, ...choice }, named(words.added), () => store.drop([made]));
}

const row = ({ guid: identity, start, end, code, coder }) => [identity, start, end, code, coder];

function ownOf(key) {
  const { codings } = store.find(key);
  return codings.find(({ coder }) => coder === page.coder) ?? codings[0];
}

function remove(key) {
  const coding = ownOf(key);
  store.drop([coding.guid]);
  return save(`${page.at}codings/${coding.guid}/remove/`, {}, words.removed, () => store.put([row(coding)]));
}

function change(coding, content, told) {
  const changed = { ...coding, ...(content.new_code ? {} : content) };
  store.put([row(changed)], { saving: true });
  const key = `${changed.start}-${changed.end}-${changed.code}`;
  if (store.find(key)) choose(key, { scroll: false });
  return save(`${page.at}codings/${coding.guid}/change/`, content, told, () => store.put([row(coding)]));
}

const refuse = (guid) =>
  save(`${page.at}suggestions/${guid}/refuse/`, {}, words.suggestion_refused, () => {});

async function walk(name) {
  try {
    const done = await post(page[name]);
    await live.ask();
    announce(done.message);
    hush();
  } catch (error) {
    warn(error instanceof Refusal ? error.message : words.offline);
  }
}

/* choosing a code for what is selected */

function pick(typed = "") {
  const passage = selection.passage();
  if (!passage) {
    announce(words.select);
    return;
  }
  if (resizing) {
    const coding = resizing;
    resizing = null;
    change(coding, passage, words.resized);
    return;
  }
  const range = positions.range(passage.start, passage.end);
  mark("picked", positions.ranges(passage.start, passage.end), 20);
  here.hidden = true;
  const { anchor, cursor } = selection;
  let done = false;
  picker.open({
    box: lastBox(range),
    typed,
    suggested: suggestions.within(passage),
    chosen: (choice) => { done = true; add(passage, choice); },
    refused: refuse,
    closed: () => {
      mark("picked", []);
      root.focus({ preventScroll: true });
      selection.select(passage);
      Object.assign(selection, { anchor, cursor });
      if (!cursor && done) selection.clear();
    },
  });
}

function lastBox(range) {
  const boxes = range.getClientRects();
  return boxes.length ? boxes[boxes.length - 1] : range.getBoundingClientRect();
}

function choose(key, { scroll = true } = {}) {
  const group = store.find(key);
  if (!group) return;
  if (!resizing) selection.clear();
  mark("chosen", positions.ranges(group.start, group.end));
  chosen.show(key);
  look(group.code);
  list.current = key;
  if (scroll) bringIntoView(positions.range(group.start, group.end));
}

/* A code is looked at: what the other side says of it, and the memos on it. */
function look(code) {
  across.show(code);
  codeMemos.show(code);
}

function recode(key, typed = "") {
  const coding = ownOf(key);
  const button = document.activeElement;
  picker.open({
    box: button.getBoundingClientRect(),
    typed,
    chosen: (choice) => change(coding, choice, named(words.recoded)),
    closed: () => (button.isConnected ? button.focus() : list.focus(chosen.key)),
  });
}

chosen.addEventListener("code", ({ detail }) => recode(detail));
chosen.addEventListener("memo", ({ detail }) => memos.write({ coding: ownOf(detail).guid }, words.memo_on_coding));
chosen.addEventListener("remove", ({ detail }) => remove(detail));
chosen.addEventListener("words", ({ detail }) => {
  resizing = ownOf(detail);
  root.focus({ preventScroll: true });
  selection.select(resizing);
  warn(words.other_words);
});
codes.addEventListener("choose", ({ detail }) => look(detail));
list.addEventListener("choose", ({ detail }) => choose(detail));
list.addEventListener("visit", ({ detail }) => {
  const group = store.find(detail);
  if (group) mark("chosen", positions.ranges(group.start, group.end));
});
list.addEventListener("remove", ({ detail }) => remove(detail));
list.addEventListener("empty", () => root.focus({ preventScroll: true }));

selection.addEventListener("move", ({ detail }) => announce(positions.text(detail.start, detail.end)));
selection.addEventListener("change", () => {
  const passage = selection.cursor ? null : selection.passage();
  here.hidden = !passage || !picker.element.hidden;
  if (here.hidden) return;
  const box = lastBox(positions.range(passage.start, passage.end));
  const holder = here.offsetParent.getBoundingClientRect();
  const room = holder.width - here.offsetWidth;
  here.style.insetInlineStart = `${Math.max(0, Math.min(box.right - holder.left, room))}px`;
  here.style.insetBlockStart = `${box.bottom - holder.top + 4}px`;
});
here.addEventListener("mousedown", (event) => event.preventDefault());
here.addEventListener("click", () => pick());

wireShortcuts({
  root,
  picker,
  selected: () => selection.passage() !== null,
  pick,
  letGo: () => {
    resizing = null;
    selection.clear();
    mark("chosen", []);
    hush();
  },
  undo: () => walk("undo"),
  redo: () => walk("redo"),
});

/* others */

live.addEventListener("news", async ({ detail: news }) => {
  showLine(news);
  const moves = present.refresh(news.here);
  const deeds = news.deeds ?? [];
  if (news.revision !== page.revision) {
    outdated(deeds);
    return;
  }
  if (news.coders) store.setCoders(news.coders);
  if (news.codes) await refreshCodes();
  if (news.memos) await memos.load();
  if (news.all) await load();
  if (news.gone) store.drop(news.gone);
  if (news.put) store.put(news.put);
  if (news.suggestions) suggestions.put(news.suggestions);
  const told = [...moves, ...deeds.map(spoken)];
  if (told.length) announce(told.join(". "));
});

/* The text is another: its codings have no place in the one that is shown. */
function outdated(deeds) {
  if (deeds.length) warn(words.edited.replace("{by}", deeds.at(-1).by), { lasting: true });
  else location.reload();
}

function spoken({ by, deed, code }) {
  const text = code ? words.others_code : words.others;
  return text.replace("{by}", by).replace("{deed}", deed).replace("{code}", code ? codes.name(code) : "");
}

let following = 0;
addEventListener("scroll", () => {
  if (following) return;
  following = requestAnimationFrame(() => {
    following = 0;
    if (positions.paragraphs.length) list.follow(selection.firstInView());
  });
}, { passive: true });
addEventListener("resize", () => highlights.refresh());
addEventListener("beforeprint", () => highlights.showAll());

present.refresh(page.here);
load();
memos.load();
