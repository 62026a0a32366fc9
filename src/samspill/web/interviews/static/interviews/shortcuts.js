/* The keys of the page; its dialog of shortcuts tells of them. */

const KEPT = "samspill-single-keys";

export function wireShortcuts({ root, picker, selected, pick, letGo, undo, redo }) {
  const help = document.getElementById("help");
  const single = document.getElementById("single-keys");
  const button = document.getElementById("help-button");
  button.hidden = false;
  button.addEventListener("click", () => help.showModal());
  single.checked = localStorage.getItem(KEPT) !== "no";
  single.addEventListener("change", () => localStorage.setItem(KEPT, single.checked ? "yes" : "no"));
  for (const [name, walk] of Object.entries({ undo, redo })) {
    document.getElementById(name).form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!event.submitter?.hasAttribute("aria-disabled")) walk();
    });
  }
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !selected()) return;
    if (event.key === "Enter") pick();
    else if (/^\p{L}$/u.test(event.key)) pick(event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.addEventListener("keydown", (event) => {
    if (help.open || writing(event.target)) return;
    const control = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (control && !event.altKey && key === "z") (event.shiftKey ? redo : undo)();
    else if (control && !event.altKey && key === "y") redo();
    else if (control || event.altKey) return;
    else if (event.key === "Escape") (picker.element.hidden ? letGo() : picker.close());
    else if (!single.checked || selected()) return;
    else if (key === "j") document.getElementById("after")?.click();
    else if (key === "k") document.getElementById("before")?.click();
    else if (event.key === "?") help.showModal();
    else return;
    event.preventDefault();
  });
}

function writing(element) {
  return element.matches("input:not([type=checkbox]), textarea, select");
}
