// Files go one at a time, each with its own result; without this script the form takes them all at once.

const form = document.getElementById("choose-files");
const field = form.querySelector("input[type=file]");
const results = document.getElementById("results");
const progress = document.getElementById("sending");
const words = form.dataset;
const queue = [];
let sent = 0;
let busy = false;

form.querySelector("button").hidden = true;
form.classList.add("drop");

function line(file) {
  const item = document.createElement("li");
  item.textContent = `${file.name}: ${words.waiting}`;
  results.append(item);
  return item;
}

function add(files) {
  for (const file of files) queue.push({ file, item: line(file) });
  field.value = "";
  next();
}

async function next() {
  if (busy) return;
  busy = true;
  progress.hidden = false;
  let one;
  while ((one = queue.shift())) {
    progress.max = sent + queue.length + 1;
    progress.value = sent;
    await send(one);
    sent += 1;
  }
  progress.value = sent;
  progress.hidden = true;
  busy = false;
  await showWaiting();
}

async function send({ file, item }) {
  item.textContent = `${file.name}: ${words.reading}`;
  if (file.size > Number(words.largest)) {
    tell(item, `${file.name}: ${words.tooLarge}`, false);
    return;
  }
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.append("files", file, file.name);
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    const [told] = (await answer.json()).files;
    tell(item, told.ok ? `${told.name}: ${told.said}` : told.said, told.ok);
  } catch {
    tell(item, `${file.name}: ${words.failed} `, false);
    const again = document.createElement("button");
    again.type = "button";
    again.className = "link-button";
    again.textContent = `${words.again} (${file.name})`;
    again.addEventListener("click", () => { queue.push({ file, item }); next(); });
    item.append(again);
  }
}

function tell(item, said, ok) {
  item.textContent = said;
  item.dataset.state = ok ? "read" : "refused";
}

async function showWaiting() {
  const answer = await fetch(form.dataset.page);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("waiting");
  const old = document.getElementById("waiting");
  if (fresh && old) old.replaceWith(document.adoptNode(fresh));
}

field.addEventListener("change", () => add(field.files));
form.addEventListener("submit", (event) => { event.preventDefault(); if (field.files.length) add(field.files); });
for (const name of ["dragenter", "dragover"]) {
  form.addEventListener(name, (event) => { event.preventDefault(); form.classList.add("over"); });
}
for (const name of ["dragleave", "drop"]) {
  form.addEventListener(name, () => form.classList.remove("over"));
}
form.addEventListener("drop", (event) => { event.preventDefault(); add(event.dataTransfer.files); });
