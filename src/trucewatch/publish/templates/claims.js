"use strict";
(() => {
  const all = (where, what) => [...where.querySelectorAll(what)];
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";

  for (const sheet of all(document, ".sheet")) {
    const text = sheet.querySelector(".text");
    const marks = all(text, "[data-c]");
    const cards = all(sheet, ".card");
    const light = (numbers) => {
      const lit = marks.filter((mark) => {
        const hot = mark.dataset.c.split(" ").some((n) => numbers.has(n));
        mark.classList.toggle("hot", hot);
        return hot;
      });
      text.classList.toggle("lit", lit.length > 0);
      for (const card of cards) card.classList.toggle("hot", numbers.has(card.dataset.n));
      return lit;
    };
    const show = (box, element) => {
      const a = box.getBoundingClientRect(), b = element.getBoundingClientRect();
      if (box.scrollHeight > box.clientHeight && (b.top < a.top || b.bottom > a.bottom)) {
        box.scrollBy({top: b.top - a.top - a.height / 3, behavior: calm});
      }
    };
    for (const card of cards) {
      const on = () => { const lit = light(new Set([card.dataset.n])); if (lit[0]) show(text, lit[0]); };
      card.addEventListener("mouseenter", on);
      card.addEventListener("focusin", on);
      card.addEventListener("mouseleave", () => light(new Set()));
      card.addEventListener("focusout", () => light(new Set()));
    }
    for (const mark of marks) {
      const numbers = new Set(mark.dataset.c.split(" "));
      mark.addEventListener("mouseenter", () => light(numbers));
      mark.addEventListener("mouseleave", () => light(new Set()));
      mark.addEventListener("click", () => {
        light(numbers);
        const card = cards.find((c) => numbers.has(c.dataset.n) && !c.hidden);
        if (card) card.scrollIntoView({block: "center", behavior: calm});
      });
    }
  }

  const form = document.querySelector(".filter");
  const choose = () => {
    const wanted = new FormData(form);
    let shown = 0;
    for (const card of all(document, ".card")) {
      card.hidden = ["event", "status", "voice"].some((key) => wanted.get(key) && wanted.get(key) !== card.dataset[key]);
      shown += !card.hidden;
    }
    const choosing = ["event", "status", "voice"].some((key) => wanted.get(key));
    for (const sheet of all(document, ".sheet")) {
      sheet.hidden = choosing && !sheet.querySelector(".card:not([hidden])");
      const open = new Set(all(sheet, ".card:not([hidden])").map((card) => card.dataset.n));
      for (const mark of all(sheet, ".text [data-c]")) {
        mark.classList.toggle("m", mark.dataset.c.split(" ").some((n) => open.has(n)));
      }
    }
    document.querySelector(".nothing").hidden = shown > 0 || !choosing;
    form.querySelector("output bdi").textContent = shown;
  };
  form.hidden = false;
  form.addEventListener("change", choose);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(choose));
  choose();

  const links = new Map(all(document, ".side nav a").map((link) => [link.hash.slice(1), link]));
  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) links.get(entry.target.id)?.classList.toggle("here", entry.isIntersecting);
  }, {rootMargin: "-20% 0px -70% 0px"});
  for (const sheet of all(document, ".sheet")) watch.observe(sheet);
})();
