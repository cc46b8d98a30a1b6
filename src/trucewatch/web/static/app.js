// What pages can do more where scripts run; without them they show everything all the same.
const day = (from, count) => new Date(Date.parse(`${from}T00:00Z`) + count * 864e5).toISOString().slice(0, 10);
const between = (from, to) => Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / 864e5);

for (const form of document.querySelectorAll("form.days")) {
  const label = form.querySelector(".slide"), slider = label.querySelector("input"), told = label.querySelector("output");
  const date = form.elements.day, {first, last} = slider.dataset;
  slider.max = between(first, last);
  slider.value = between(first, date.value);
  label.hidden = slider.max < 1;
  const tell = () => { told.value = date.value; slider.setAttribute("aria-valuetext", date.value); };
  slider.addEventListener("input", () => { date.value = day(first, Number(slider.value)); tell(); });
  let soon;
  slider.addEventListener("change", () => { clearTimeout(soon); soon = setTimeout(() => form.requestSubmit(), 500); }); // several keys are one way
  tell();
}
