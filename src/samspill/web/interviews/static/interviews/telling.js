/* Saying what happened: quietly to those who listen, visibly where something went wrong. */

const live = document.getElementById("live");
const toast = document.getElementById("toast");
let hiding = 0;

export function announce(text) {
  live.textContent = live.textContent === text ? `${text} ` : text;
}

export function warn(text) {
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(hush, 9000);
}

export function hush() {
  toast.hidden = true;
}
