// The call screen: Ctrl+Enter saves, and the first field has the focus. What is offered while one types is similar.js.

const form = document.getElementById("call");

if (form) {
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); }
  });
  if (!document.querySelector(".govuk-error-summary")) form.elements.kind.focus();
}
