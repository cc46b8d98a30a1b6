// The review desk: one key decides, saves and goes on. Keys are places on the keyboard (KeyboardEvent.code), so that they are the
// same with every layout. Nothing counts before the server has answered that it is saved.

const root = document.getElementById("desk");
const words = JSON.parse(root.dataset.words);
const kinds = JSON.parse(root.dataset.kinds);
const card = document.getElementById("card"), panel = document.getElementById("panel"), help = document.getElementById("help");
const CODES = ["123456789", "QWERTYUIOP", "ASDFGHJKL", "ZX"].flatMap((row, at) => [...row].map((c) => (at ? "Key" : "Digit") + c));
const ROLES = ["event", "voice", "who", "when", "where", "figure", "context"];
const ahead = new Map(); // claim and kind -> promise of its card
let items = JSON.parse(root.dataset.items).map(([claim, kind, why]) => ({ claim, kind, why }));
const first = new Map(items.map((item) => [item.claim, item])); // why each stood in the queue
let at = 0;
let choosing = null; // what the keys of the panel do
let marking = null; // words that are being chosen
let work = Promise.resolve();
let under = 0; // keys that are not done yet

const tell = (text) => { document.getElementById("told").textContent = text; };
const here = () => card.querySelector("[data-claim]");
const json = (element, name) => JSON.parse(element.dataset[name] || "[]");

// --- cards

const key = (item) => `${item.claim} ${item.kind} ${item.why}`;

function address(item) {
  const more = item.kind === "second" ? "?blind=1" : item.kind === "uncarried" ? `?lost=${encodeURIComponent(item.why)}` : "";
  return `${root.dataset.home}/card/${encodeURIComponent(item.claim)}${more}`;
}

function fetched(item) {
  if (!ahead.has(key(item))) {
    ahead.set(key(item), fetch(address(item)).then((answer) => (answer.ok ? answer.text() : null)).catch(() => null));
  }
  return ahead.get(key(item));
}

async function show() {
  close();
  if (!items.length) {
    card.replaceChildren();
    document.getElementById("place").textContent = document.getElementById("kind").textContent = "";
    document.getElementById("why").textContent = "";
    light([]);
    tell(words.empty);
    return;
  }
  at = Math.min(Math.max(at, 0), items.length - 1);
  const item = items[at], text = await fetched(item);
  ahead.delete(key(item));
  if (text === null) { // somebody decided on it, or it reads otherwise
    items.splice(at, 1);
    return show();
  }
  card.innerHTML = text; // made by our own templates, which escape every word
  document.getElementById("place").textContent = words.of.replace("{at}", at + 1).replace("{all}", items.length);
  document.getElementById("kind").textContent = kinds[item.kind];
  document.getElementById("why").textContent = item.why;
  light(json(here(), "marks"));
  card.focus({ preventScroll: true });
  items.slice(at + 1, at + 3).forEach(fetched);
}

// --- words of the text

const text = () => card.querySelector(".words");

function places() { // places in the page's text by code points, as the server counts
  const out = [0];
  for (const letter of text().textContent) out.push(out.at(-1) + letter.length);
  return out;
}

function range(start, end, units) {
  const made = document.createRange(), node = text().firstChild;
  made.setStart(node, units[start]);
  made.setEnd(node, units[end]);
  return made;
}

function light(marks) {
  if (!window.CSS || !CSS.highlights) return; // the quotes beside the text say the same
  for (const role of [...ROLES, "chosen"]) CSS.highlights.delete(`desk-${role}`);
  if (!marks.length || !text()) return;
  const units = places();
  for (const role of ROLES) {
    const mine = marks.filter(([name]) => name === role).map(([, start, end]) => range(start, end, units));
    if (mine.length) CSS.highlights.set(`desk-${role}`, new Highlight(...mine));
  }
  const first = marks.find(([name]) => name === "event");
  if (first) reveal(range(first[1], first[2], units));
}

function reveal(made) {
  const pane = text().parentElement, box = made.getBoundingClientRect(), frame = pane.getBoundingClientRect();
  if (box.top < frame.top || box.bottom > frame.bottom) pane.scrollTop += box.top - frame.top - frame.height / 3;
}

function startMarking(then) {
  const units = places(), whole = text().textContent, spots = [];
  for (const hit of whole.matchAll(/[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}'’\-.,]*/gu)) {
    const word = hit[0].replace(/[.,'’\-]+$/u, "");
    spots.push([units.indexOf(hit.index), units.indexOf(hit.index + word.length)]);
  }
  if (!spots.length) return tell(words.none);
  const held = getSelection(); // what was selected with the mouse is taken as it is
  if (held.rangeCount && !held.isCollapsed && text().contains(held.anchorNode) && text().contains(held.focusNode)) {
    const chosen = held.getRangeAt(0), span = [units.indexOf(chosen.startOffset), units.indexOf(chosen.endOffset)];
    held.removeAllRanges();
    return then(...span);
  }
  const event = json(here(), "marks").find(([name]) => name === "event");
  const first = event ? Math.max(0, spots.findIndex(([, end]) => end > event[1])) : 0;
  marking = { units, spots, from: first, to: first, then };
  tell(words.span);
  showMarking();
}

function showMarking() {
  const { units, spots, from, to } = marking;
  const made = range(spots[Math.min(from, to)][0], spots[Math.max(from, to)][1], units);
  if (window.CSS && CSS.highlights) CSS.highlights.set("desk-chosen", new Highlight(made));
  reveal(made);
}

async function mark(code, shift) {
  const { spots, from, to, then } = marking, ltr = getComputedStyle(text()).direction === "ltr";
  const step = { ArrowRight: ltr ? 1 : -1, ArrowLeft: ltr ? -1 : 1, ArrowDown: 8, ArrowUp: -8 }[code];
  if (step) {
    marking.to = Math.min(Math.max(to + step, 0), spots.length - 1);
    if (!shift) marking.from = marking.to;
    return showMarking();
  }
  if (code === "Escape") { stopMarking(); return tell(words.left); }
  if (code === "Enter" || code === "NumpadEnter" || code === "KeyS") {
    stopMarking();
    return then(spots[Math.min(from, to)][0], spots[Math.max(from, to)][1]);
  }
}

function stopMarking() {
  marking = null;
  if (window.CSS && CSS.highlights) CSS.highlights.delete("desk-chosen");
}

// --- choosing

function choose(title, options, spoken) { // options: [words as markup of ours or plain text, what then, plain]
  if (!options.length && !spoken) return tell(words.none);
  panel.querySelector("h2").textContent = title;
  const list = options.slice(0, CODES.length).map(([label, , markup], n) => {
    const line = document.createElement("li"), name = document.createElement("kbd"), said = document.createElement("span");
    name.textContent = CODES[n].replace(/Key|Digit/, "");
    if (markup) said.innerHTML = label; else said.textContent = label;
    line.append(name, said);
    line.addEventListener("click", () => press(CODES[n]));
    return line;
  });
  document.getElementById("choices").replaceChildren(...list);
  panel.hidden = false;
  panel.tabIndex = -1;
  panel.focus();
  choosing = { options, spoken };
}

function close() {
  panel.hidden = help.hidden = true;
  choosing = null;
  stopMarking();
}

async function chosen(code) {
  const { options, spoken } = choosing, at = CODES.indexOf(code);
  if (code === "Escape") { close(); card.focus(); return tell(words.left); }
  if (spoken && (code === "Enter" || code === "KeyS" && at >= options.length)) { close(); return spoken(); }
  if (at >= 0 && at < options.length) { close(); return options[at][1](); }
}

// --- saving

async function save(told) {
  const item = here(), body = { claim: item?.dataset.claim || "", reading: item?.dataset.reading || "", ...told };
  if (item?.dataset.blind) body.blind = true;
  try {
    const answer = await fetch(`${root.dataset.home}/decide`, {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body),
    });
    const said = await answer.json().catch(() => ({}));
    tell(answer.ok && said.saved ? words.saved : said.detail || words.failed);
    return answer.ok && said.saved ? said : null;
  } catch {
    tell(words.failed);
    return null;
  }
}

async function next(told) { // decide, save, go on
  if (await save(told)) {
    items.splice(at, 1);
    await show();
  }
}

async function stay(told) { // decide, save, look at what it is now
  if (await save(told)) await show();
}

// --- what keys do

function reject() {
  choose(words.reject, JSON.parse(root.dataset.reasons).map((reason) => [reason, () => next({ do: "reject", reason })]));
}

function correct() {
  const slots = [...card.querySelectorAll(".slots li")];
  choose(words.slot, slots.map((slot) => [slot.querySelector(".slot").textContent + ": " + slot.querySelector(".value").textContent, () => value(slot)]));
}

function value(slot) {
  const name = slot.dataset.slot, told = (value) => stay({ do: "correct", slot: name, value });
  const spoken = slot.dataset.spoken && (() => startMarking((start, end) => told(made(name, start, end))));
  const options = JSON.parse(slot.dataset.options).map(([label, value]) => [label, () => told(value), true]);
  if (spoken) options.push([root.querySelector(".keys dt:nth-of-type(4) + dd").textContent, spoken]);
  choose(words.value, options, spoken);
}

function made(name, start, end) { // a value of words of the text
  const said = [...text().textContent].slice(start, end).join(""), phrase = { text: said, start, end };
  if (name === "where") return { ...phrase, place: null, name: null, country: null, lat: null, lon: null, precision: null };
  if (name === "object" || name === "refers") return phrase;
  if (name === "cause") return [phrase];
  return [name === "speaker" ? { kind: "person", ...phrase, party: null } : { ...phrase, party: null }];
}

function beside(how) {
  choose(words[how], json(here(), "beside").map(([other, label]) => [label, () => stay({ do: how, other })]));
}

function grade() {
  const digits = (letter) => [..."123456"].map((digit) => [letter + digit, () => stay({ do: "grade", value: letter + digit })]);
  choose(words.grade, [..."ABCDEF"].map((letter) => [letter, () => choose(words.credible, digits(letter))]));
}

function settle() {
  const split = json(here(), "conflict");
  if (!split.length) return tell(words.agreed);
  const [slot, name, values] = split[0];
  const told = async (value) => {
    if (!(await save({ do: "settle", slot, value }))) return;
    if (split.length === 1) items.splice(at, 1);
    await show();
    if (split.length > 1 && here()) settle();
  };
  choose(`${words.settle} ${name}`, values.map(([label, value]) => [label, () => told(value), true]));
}

function assign() {
  choose(words.assign, JSON.parse(root.dataset.users).map((other) => [other, () => stay({ do: "assign", other })]));
}

function tellNew() {
  startMarking((start, end) => choose(words.event, JSON.parse(root.dataset.events).map(([event, label]) => [label, async () => {
    const said = await save({ do: "tell", value: event, start, end });
    if (said) await put(said);
  }])));
}

async function undo() {
  const said = await save({ do: "undo", claim: "", reading: "" });
  if (!said) return;
  tell(said.claim ? words.undone : words.nothing);
  if (said.claim) await put(said);
}

async function put({ claim, kind }) { // before what is open
  items = items.filter((item) => item.claim !== claim);
  at = Math.min(at, items.length);
  const was = first.get(claim);
  items.splice(at, 0, was && was.kind !== "uncarried" && kind !== "second" ? was : { claim, kind, why: "" });
  ahead.clear();
  await show();
}

const lost = () => items[at].kind === "uncarried";
const plain = (run) => () => (here() && !lost() ? (here().dataset.blind ? tell(words.blind) : run()) : undefined);
const coded = (run) => () => (here() && !lost() ? run() : undefined);

const KEYS = {
  KeyJ: () => { at += 1; return show(); },
  KeyK: () => { at -= 1; return show(); },
  KeyA: () => here() && (lost() ? next({ do: "let-go", number: Number(here().dataset.number) }) : next({ do: "accept" })),
  KeyX: coded(reject),
  KeyC: coded(correct),
  KeyS: plain(() => startMarking((start, end) => stay({ do: "span", start, end }))),
  KeyN: plain(tellNew),
  KeyM: plain(() => beside("merge")),
  KeyD: plain(() => beside("separate")),
  KeyG: plain(grade),
  KeyE: plain(settle),
  KeyW: plain(() => (root.dataset.settles ? assign() : undefined)),
  KeyU: undo,
  Space: () => { if (items.length) items.push(items.splice(at, 1)[0]); return show(); },
  Slash: () => { help.hidden = !help.hidden; if (!help.hidden) { help.tabIndex = -1; help.focus(); } },
  Escape: () => { close(); card.focus(); },
};

function press(code, shift) {
  const run = () => (marking ? mark(code, shift) : choosing ? chosen(code) : KEYS[code]?.());
  under += 1;
  work = work.then(run).catch(() => tell(words.failed)).finally(() => { under -= 1; }); // quick keys wait for each other
  return work;
}

addEventListener("keydown", (event) => {
  const { code, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest?.("input, select, textarea")) return;
  if (target.closest?.("a, button, summary") && (code === "Space" || code === "Enter")) return;
  const ours = code in KEYS || CODES.includes(code) || code.startsWith("Arrow") || code.endsWith("Enter");
  const known = marking || choosing || under ? ours : code in KEYS;
  if (!known) return;
  event.preventDefault();
  press(code, event.shiftKey);
});

press("Escape");
work = work.then(show);
