// What a journey asks of the page that is open. Evaluates to an object of functions.
({
  // What is wider than the page; what scrolls in a region of its own may be.
  sticksOut() {
    if (document.scrollingElement.scrollWidth <= innerWidth) return [];
    const wide = (element) => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest(".sr-scroll");
    return [document.scrollingElement.scrollWidth, ...this.named([...document.querySelectorAll("body *")].filter(wide).slice(0, 5))];
  },

  // Controls too small for a finger by WCAG 2.5.8: under 24 px, and a circle of 24 px round the middle meets another control. Links
  // inside a sentence are free.
  tooSmall(finger) {
    const shown = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")].filter(
      (element) => this.isShown(element) && !element.matches(".govuk-skip-link, .govuk-visually-hidden"),
    );
    const boxes = new Map(shown.map((element) => [element, element.getBoundingClientRect()]));
    const isBig = (box) => box.width >= finger && box.height >= finger;
    const inSentence = (element) =>
      getComputedStyle(element).display === "inline" &&
      [...element.parentElement.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
    const meets = (box, other) => {
      const x = box.x + box.width / 2;
      const y = box.y + box.height / 2;
      if (!isBig(other)) return Math.hypot(other.x + other.width / 2 - x, other.y + other.height / 2 - y) < finger;
      return Math.hypot(Math.max(other.left - x, 0, x - other.right), Math.max(other.top - y, 0, y - other.bottom)) < finger / 2;
    };
    const crowded = (element) => shown.some(
      (other) => !element.contains(other) && !other.contains(element) && meets(boxes.get(element), boxes.get(other)),
    );
    return this.named(shown.filter((element) => !isBig(boxes.get(element)) && !inSentence(element) && crowded(element)));
  },

  // What has no use on paper.
  onPaper() {
    return this.named([...document.querySelectorAll("nav, form, .sr-lang, .sr-footer, .sr-tools, .govuk-button, .govuk-skip-link, .sr-keys")]
      .filter((element) => this.isShown(element)));
  },

  // Remember how everything looks that takes focus; of each group of radios the browser stops at one only.
  remember() {
    const takes = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
    const stops = [...document.querySelectorAll(takes)].filter((element) => {
      if (element.disabled || element.tabIndex < 0 || !element.checkVisibility({ visibilityProperty: true })) return false;
      if (element.type !== "radio") return true;
      const group = [...document.getElementsByName(element.name)];
      return element === (group.find((one) => one.checked) ?? group[0]);
    });
    window.journey = { stops, before: stops.map(this.look) };
    return this.named(stops);
  },

  // Which of them has the focus now, whether it looks different for it, whether it stands in the window.
  where() {
    const { stops, before } = window.journey;
    const at = stops.indexOf(document.activeElement);
    const box = document.activeElement.getBoundingClientRect();
    return [at, at >= 0 && this.look(stops[at]) !== before[at], box.bottom > 0 && box.top < innerHeight];
  },

  look(element) {
    const styles = [getComputedStyle(element)];
    if (["radio", "checkbox"].includes(element.type)) styles.push(getComputedStyle(element.labels[0], "::before"));
    return styles.map((style) => [style.outline, style.boxShadow, style.backgroundColor, style.borderColor]).join();
  },

  isShown(element) {
    const box = element.getBoundingClientRect();
    return element.checkVisibility({ visibilityProperty: true }) && box.width > 1 && box.height > 1;
  },

  named: (elements) => elements.map((element) => element.outerHTML.slice(0, 100)),
})
