// Typing a letter beside its picture: Ctrl+Enter saves, the first field has the focus, and what is typed is kept as a draft while one types.
// Without this file the buttons do the same.

const form = document.getElementById("typing");
const PAUSE_MS = 4000;
let pause;
let kept;

const typed = () => new URLSearchParams(new FormData(form));
const keep = () => {
  const body = typed();
  const text = body.toString();
  if (!form.dataset.draft || form.dataset.sent || text === kept) return;
  kept = text;
  fetch(form.dataset.draft, { method: "POST", body, credentials: "same-origin", keepalive: text.length < 60000 }).catch(() => { kept = ""; });
};

if (form) {
  kept = typed().toString();
  form.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(keep, PAUSE_MS); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep(); });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); }
  });
  if (!document.querySelector(".govuk-error-summary")) (form.elements.kind ?? form.elements.body).focus();
}
