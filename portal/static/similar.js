// Suggestions while one types: a form with data-similar (where to ask) and data-fields (what to send), and a list with the id "similar".
// The words go in a body, never into an address. Without this file a button asks for the same suggestions.

const form = document.querySelector("form[data-similar]");
const list = document.getElementById("similar");
const fields = form ? form.dataset.fields.split(" ").map((name) => form.elements[name]) : [];
const PAUSE_MS = 350;
let asked = "";
let pause;

const item = (one) => {
  const row = document.createElement("li");
  const link = Object.assign(document.createElement("a"), { href: one.url, target: "_blank", rel: "noopener", textContent: one.title, className: "govuk-link" });
  const more = Object.assign(document.createElement("span"), { textContent: `${one.agency} · ${one.text}`, className: "sr-quiet sr-small" });
  row.append(link, document.createElement("br"), more);
  return row;
};
const look = async () => {
  const text = fields.map((field) => field.value).join(" ").trim();
  if (text === asked) return;
  asked = text;
  const body = new URLSearchParams({ text });
  if (form.elements.csrf_token) body.set("csrf_token", form.elements.csrf_token.value);
  const answer = await fetch(form.dataset.similar, { method: "POST", body, credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok || text !== asked) return;
  const found = await answer.json();
  list.replaceChildren(...found.map(item));
  if (!found.length && text) list.append(Object.assign(document.createElement("li"), { textContent: list.dataset.none, className: "sr-quiet" }));
};

if (form && list) for (const field of fields) field.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(look, PAUSE_MS); });
