// The call screen: suggestions while one types, and Ctrl+Enter to save. Without this file a button asks for the same suggestions.

const form = document.getElementById("call");
const list = document.getElementById("similar");
const fields = form && [form.elements.subject, form.elements.body];
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
  const body = new URLSearchParams({ text, csrf_token: form.elements.csrf_token.value });
  const answer = await fetch(form.dataset.similar, { method: "POST", body, credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok || text !== asked) return;
  const found = await answer.json();
  list.replaceChildren(...found.map(item));
  if (!found.length && text) list.append(Object.assign(document.createElement("li"), { textContent: list.dataset.none, className: "sr-quiet" }));
};

if (form && list) {
  for (const field of fields) field.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(look, PAUSE_MS); });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); }
  });
  if (!document.querySelector(".govuk-error-summary")) form.elements.kind.focus();
}
