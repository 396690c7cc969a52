// Marking areas of a picture by drawing over it. Without it the numbers are typed, and the server draws what was typed.

const SIDES = ["left", "top", "width", "height"];
const percent = (value, whole) => Math.min(100, Math.max(0, (value / whole) * 100));

for (const cover of document.querySelectorAll("[data-cover]")) {
  const svg = cover.querySelector("svg");
  const form = cover.closest("form");
  const rows = [...form.querySelectorAll("[data-area]")].map((row) => SIDES.map((side) => row.querySelector(`input[name$="-${side}"]`)));
  let from = null;
  let rect = null;

  const place = (box, [left, top, width, height]) => {
    for (const [name, value] of Object.entries({ x: left, y: top, width, height })) box.setAttribute(name, `${value}%`);
  };
  const box = () => svg.appendChild(document.createElementNS(svg.namespaceURI, "rect"));
  const redraw = () => {
    for (const old of svg.querySelectorAll("rect")) old.remove();
    for (const fields of rows) {
      const numbers = fields.map((field) => Number(field.value));
      if (numbers[2] > 0 && numbers[3] > 0) place(box(), numbers);
    }
  };
  const at = (event) => {
    const edge = svg.getBoundingClientRect();
    return [percent(event.clientX - edge.left, edge.width), percent(event.clientY - edge.top, edge.height)];
  };
  // Outwards, so that never less is covered than what was drawn.
  const area = (event) => {
    const [x, y] = at(event);
    const [left, top] = [Math.floor(Math.min(x, from[0])), Math.floor(Math.min(y, from[1]))];
    return [left, top, Math.ceil(Math.max(x, from[0])) - left, Math.ceil(Math.max(y, from[1])) - top];
  };

  svg.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    svg.setPointerCapture(event.pointerId);
    from = at(event);
    rect = box();
  });
  svg.addEventListener("pointermove", (event) => { if (from) place(rect, area(event)); });
  svg.addEventListener("pointerup", (event) => {
    if (!from) return;
    const drawn = area(event);
    from = null;
    const free = rows.find((fields) => fields.every((field) => !field.value));
    if (free && drawn[2] > 0 && drawn[3] > 0) {
      free.forEach((field, side) => { field.value = String(drawn[side]); });
      const folded = free[0].closest("details");
      if (folded) folded.open = true;
    }
    redraw();
  });
  svg.addEventListener("pointercancel", () => { from = null; redraw(); });
  form.addEventListener("input", redraw);
  cover.classList.add("sr-cover--draws");
  for (const hint of document.querySelectorAll("[data-cover-hint]")) hint.hidden = false;
}
