// What a script can make nicer. Every page works without this file; nothing here is needed to read, write or send.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// A page that comes back with errors starts at their summary, and each line leads into its field.
const summary = document.querySelector(".govuk-error-summary");
if (summary) {
  summary.setAttribute("tabindex", "-1");
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    field.closest("details")?.setAttribute("open", "");
    field.closest(".govuk-form-group")?.scrollIntoView();
    field.focus({ preventScroll: true });
  });
}

// Copy and print buttons are hidden until something stands behind them.
for (const button of all("[data-copy]")) {
  const source = document.querySelector(button.dataset.copy);
  if (!source || !navigator.clipboard) continue;
  const said = button.querySelector("[data-label]") ?? button;
  const before = said.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.lines ? (source.value ?? source.innerText).trim() : source.textContent.replace(/\s+/g, ""));
    said.textContent = button.dataset.copied ?? before;
    setTimeout(() => { said.textContent = before; }, 3000);
  });
}
for (const button of all("[data-print]")) {
  button.hidden = false;
  button.closest("[hidden]")?.removeAttribute("hidden");
  button.addEventListener("click", () => window.print());
}

// Characters left, told aloud only when the writer pauses.
for (const area of all("textarea[data-maxlength]")) {
  const note = document.getElementById(`${area.id}-info`);
  if (!note) continue;
  const atFirst = note.textContent;
  const most = Number(area.dataset.maxlength);
  note.setAttribute("aria-live", "polite");
  let pause;
  const count = () => {
    const left = most - [...area.value].length;
    const words = left < 0 ? area.dataset.over : area.dataset.left;
    note.textContent = area.value ? words.replace("{n}", Math.abs(left).toLocaleString("en")) : atFirst;
    note.classList.toggle("sr-count--over", left < 0);
  };
  area.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(count, 400); });
  if (area.value) count();
}

// Questions of an agency that are not asked with the answers given so far are put away, and what is put away is not sent.
const asked = all("[data-asked]");
if (asked.length) {
  const place = asked[0].closest("form, [data-preview]");
  const chosen = (name) => all("input, select", place)
    .filter((field) => field.name === name && !field.disabled && (field.tagName === "SELECT" || field.type === "hidden" || field.checked))
    .map((field) => field.value.split(":").pop());
  const fits = (wanted, values) => !wanted || wanted.split(" ").some((one) => values.includes(one));
  const settle = () => {
    for (const one of asked) { // what decides stands before what depends on it
      const { kinds, topics, after, any } = one.dataset;
      const shown = fits(kinds, chosen("kind")) && fits(topics, chosen("topic")) && (!after || fits(any, chosen(after)));
      one.hidden = !shown;
      all("input, textarea", one).forEach((field) => { field.disabled = !shown; });
    }
  };
  place.addEventListener("change", settle);
  window.addEventListener("pageshow", settle);
  settle();
}

// The receipt's QR carries the code after the #: it never reaches a server or its log. Put it in the field, then forget it.
const code = document.querySelector('input[name="code"]');
if (code && /^#[\d%\s-]{20,40}$/.test(location.hash)) {
  code.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname + location.search);
  code.focus();
}

// One press sends once. Back brings the buttons back.
const release = (form) => {
  delete form.dataset.sent;
  all("button[data-sending]", form).forEach((button) => { button.disabled = false; delete button.dataset.sending; });
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  // after the browser has taken the name and value of the button that was pressed
  setTimeout(() => all("button:not([type=button]):not(:disabled)", form).forEach((button) => { button.dataset.sending = "yes"; button.disabled = true; }));
});
window.addEventListener("pageshow", (event) => { if (event.persisted) all("form[data-sent]").forEach(release); });

// The officers' keys, listed in casework/desk/keys.py; a letter for each act that names one, G and a letter for each way that does.
const rows = all(".sr-queue tbody tr");
let at = -1;
const go = (to) => {
  if (!rows[to]) return;
  rows[at]?.classList.remove("is-at");
  at = to;
  rows[at].classList.add("is-at");
  rows[at].querySelector("a")?.focus();
  rows[at].scrollIntoView({ block: "nearest" });
};
const tick = () => {
  const box = rows[at]?.querySelector('input[type="checkbox"]');
  box?.click();
};
const keys = {
  j: () => go(at + 1),
  k: () => go(at - 1),
  x: tick,
  o: () => rows[at]?.querySelector("a")?.click(),
  b: () => document.querySelector("#bulk #do")?.focus(),
  "/": () => document.querySelector('.sr-find input[type="search"]')?.focus(),
  "?": () => showKeys(),
};
const act = (key) => {
  const found = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!found) return false;
  if (found.tagName === "A") { found.click(); return true; }
  const place = found.tagName === "SUMMARY" ? found.parentElement : found;
  if (place.tagName === "DETAILS") place.open = true;
  (place.querySelector("textarea, select, input:not([type=hidden]), button") ?? found).focus();
  return true;
};

// The keys over the page: what stands on their own page, so that it is said in one place.
const showKeys = async () => {
  const link = document.querySelector("[data-keysheet]");
  if (!link) return;
  const answer = await fetch(link.href);
  const sheet = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#keys");
  if (!sheet) { location.assign(link.href); return; }
  const dialog = Object.assign(document.createElement("dialog"), { className: "sr-keysheet" });
  const close = Object.assign(document.createElement("button"), { className: "govuk-button govuk-button--secondary", type: "button", textContent: link.dataset.keysheet });
  dialog.setAttribute("aria-label", link.getAttribute("aria-label"));
  sheet.removeAttribute("id");
  dialog.append(close, document.importNode(sheet, true));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
};
let going = 0;
if (document.body.classList.contains("sr-desk")) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]") || event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]")) return;
    const key = event.key.toLowerCase();
    if (going && Date.now() - going < 1500) {
      going = 0;
      const way = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
      if (way) { event.preventDefault(); way.click(); }
      return;
    }
    if (key === "g") { going = Date.now(); return; }
    if ((key in keys && (rows.length || key === "/" || key === "?") && (keys[key](), true)) || act(key)) event.preventDefault();
  });
}

// A ticked row shows it; one box ticks the whole page.
const boxes = all('.sr-queue input[type="checkbox"]');
const paint = () => boxes.forEach((box) => box.closest("tr").classList.toggle("is-on", box.checked));
for (const box of boxes) box.addEventListener("change", () => { if (whole) whole.checked = boxes.every((one) => one.checked); paint(); });
const whole = document.getElementById("all");
whole?.addEventListener("change", () => { boxes.forEach((box) => { box.checked = whole.checked; }); paint(); });
window.addEventListener("pageshow", paint);

// A draft is kept a few seconds after the last key, as long as somebody writes.
const keeper = document.querySelector("button[data-draft]");
if (keeper) {
  const form = keeper.form;
  const field = form.querySelector("textarea[name=body]");
  const said = document.getElementById(keeper.dataset.draft);
  let kept = field.value, waits;
  const keep = async () => {
    if (field.value === kept || form.dataset.sent) return;
    const words = field.value;
    const answer = await fetch(keeper.formAction, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    kept = words;
    said.textContent = (await answer.json()).text;
  };
  field.addEventListener("input", () => { clearTimeout(waits); waits = setTimeout(keep, 4000); });
}

// Who else is looking: a sign of life while the page is seen, and one when it is left.
const present = document.querySelector("[data-here]");
if (present) {
  const send = (more = {}) => new URLSearchParams({ csrf_token: present.dataset.token, ...more });
  const look = async () => {
    if (document.visibilityState !== "visible") return;
    const answer = await fetch(present.dataset.here, { method: "POST", body: send() }).catch(() => null);
    if (!answer?.ok) return;
    const { text } = await answer.json();
    present.hidden = !text;
    const line = present.querySelector("[role=status]");
    if (line.textContent !== text) line.textContent = text;
  };
  look();
  setInterval(look, 45_000);
  document.addEventListener("visibilitychange", look);
  window.addEventListener("pagehide", () => navigator.sendBeacon(present.dataset.here, send({ gone: "yes" })));
}
