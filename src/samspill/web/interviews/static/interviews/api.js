/* Asking the server. A refusal is an Error whose message can be shown. */

const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

export class Refusal extends Error {}

async function answered(promise) {
  const answer = await promise;
  if (answer.status === 409 || answer.status === 400) throw new Refusal((await answer.json()).message);
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  return answer;
}

export async function get(address) {
  const answer = await answered(fetch(address, { headers: { Accept: "application/json" } }));
  return answer.json();
}

export async function page(address) {
  return (await answered(fetch(address))).text();
}

export async function post(address, content = {}) {
  const answer = await answered(fetch(address, {
    method: "POST",
    headers: {
      Accept: "application/json",
      "Content-Type": "application/json",
      "X-CSRFToken": token(),
    },
    body: JSON.stringify(content),
  }));
  return answer.json();
}
