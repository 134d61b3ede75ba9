// Live explorables: any value. States that the page has come from the page, all others from the worker.
import { board, STYLE as POINTS } from "./points.mjs";

const PATIENCE = 100; // ms until a figure says that it is computing

// In the page's style sheet they would not reach into frames.
const STYLE = `
.explorable .fine { position: relative; flex: 1; min-width: 0; }
.explorable .fine .value { visibility: hidden; min-width: 6rem; }
.explorable .exact { box-sizing: border-box; position: absolute; top: 0; right: 0; width: 5.5rem; height: 1.5em;
  margin: 0; padding: 0 0.3rem; border: 1px solid var(--xp-faint); border-radius: 0.3rem; background: transparent;
  color: inherit; font: inherit; text-align: right; appearance: textfield; }
.explorable .exact::-webkit-inner-spin-button { appearance: none; }
.explorable .fine[data-unit] .exact { right: 1.4rem; width: 4.6rem; }
.explorable .fine[data-unit]::after { content: attr(data-unit); position: absolute; top: 0; right: 0; }
.explorable .seen { position: relative; }
.explorable .computing { position: absolute; right: 0; bottom: 0.75rem; }
.explorable .computing > span { display: inline-flex; align-items: center; gap: 0.4rem; padding: 0.1rem 0.5rem;
  border-radius: 0.3rem; background: var(--xp-paper); border: 1px solid var(--xp-faint); font-size: 0.85rem; }
.explorable .computing[hidden] { display: none; }
.explorable .computing button { min-height: 1.6rem; padding: 0 0.5rem; }
@media (max-width: 34rem) {
  .explorable .seen > .computing { position: sticky; z-index: 2; top: var(--xp-top, 0px); bottom: auto; order: 0; height: 0;
    text-align: right; }
}
.explorable .trouble { overflow-wrap: anywhere; }
@media print { .explorable .computing { display: none; } }
`;

const made = (document, tag, more) => Object.assign(document.createElement(tag), more);

/** Let every explorable below `root` take any value, as soon as its page has started it. */
export function enliven(python, root = document) {
  for (const figure of root.querySelectorAll("figure.explorable")) {
    const begin = () => attach(python, figure).catch(() => {}); // a scene that this Python does not have stays as it is
    if (figure.explorable) begin();
    else figure.addEventListener("shown", begin, { once: true });
  }
}

async function attach(python, figure) {
  if (figure.live) return;
  const { name, axes, controls, groups, value, set, show, paint, follow, missed } = figure.explorable;
  const kinds = await python.ask("controls", { name, axes });
  const page = figure.ownerDocument;
  if (!page.querySelector("style.live")) page.head.append(made(page, "style", { className: "live", textContent: STYLE + POINTS }));
  const grids = controls.map(([, values]) => values);
  const seen = figure.querySelector(".seen");
  const note = made(page, "span", { className: "computing", hidden: true });
  const doing = made(page, "span");
  const stop = made(page, "button", { type: "button", hidden: true });
  const box = made(page, "span");
  box.append(doing, stop);
  note.append(box);
  const trouble = made(page, "p", { className: "note trouble", hidden: true });
  const definitions = page.createElementNS("http://www.w3.org/2000/svg", "g");
  seen.append(note);
  seen.after(trouble);
  figure.querySelector("svg.xp").prepend(definitions);

  const rounded = (c, number) => (kinds[c].whole ? Math.round(number) : Math.round(number * 1e10) / 1e10);
  const within = (c, number) => Math.min(grids[c].at(-1), Math.max(grids[c][0], rounded(c, number)));

  // One state at a time is computed, and of those that are asked for meanwhile the newest.
  // A frame on the way to its state, of a training say, is shown, and the state is asked for again, until it is reached
  // or the reader stops it: the worker has time for others in between.
  let wish = null;
  let busy = false;
  let left = null; // what was stopped
  async function ask(values) {
    wish = values;
    left = null;
    if (!wish) quiet();
    if (busy || !wish) return;
    busy = true;
    label("computing …", "");
    const slow = setTimeout(() => (note.hidden = !wish), PATIENCE);
    while (wish) {
      const asked = wish;
      const state = Object.fromEntries(controls.map(([control], c) => [control, asked[c]]));
      let frame, why;
      try {
        frame = await python.ask("frame", { name, state, axes });
      } catch (error) {
        why = error.message;
      }
      if (!wish) break; // the reader is back at a state of the page
      trouble.hidden = !why;
      trouble.textContent = why ? `This state could not be computed. ${why}` : "";
      if (frame) {
        define(frame.clips);
        paint(frame.fragments, frame.says);
        if (frame.more) {
          label("computing …", "Stop");
          note.hidden = false;
        }
      }
      if (wish === asked && !frame?.more) wish = null;
    }
    clearTimeout(slow);
    if (left) label("stopped", "Go on");
    else note.hidden = true;
    busy = false;
  }
  const label = (what, act) => {
    doing.textContent = what;
    stop.textContent = act;
    stop.hidden = !act;
  };
  stop.onclick = () => {
    if (left) return ask(left);
    left = wish;
    wish = null;
  };
  const quiet = () => (note.hidden = trouble.hidden = true);

  /** Clip paths that no state of the page needed. */
  function define(clips) {
    const missing = Object.entries(clips).filter(([id]) => !page.getElementById(id));
    if (!missing.length) return;
    const defs = missing.map(([id, shape]) => `<clipPath id="${id}">${shape}</clipPath>`).join("");
    definitions.insertAdjacentHTML("beforeend", `<defs>${defs}</defs>`);
  }

  const boards = [];
  figure.live = {
    ask,
    /** The number at a place between two of the grid's. */
    value(c, place) {
      if (boards[c]) return boards[c].code;
      const k = Math.min(Math.floor(place), grids[c].length - 2);
      return rounded(c, grids[c][k] + (place - k) * (grids[c][k + 1] - grids[c][k]));
    },
    /** The place of a number. */
    place(c, number) {
      if (boards[c]) return boards[c].set(number);
      const above = Math.max(1, grids[c].findIndex((one) => one >= number));
      const [low, high] = [grids[c][above - 1], grids[c][above]];
      return above - 1 + (number - low) / (high - low);
    },
    text(c, number) {
      return String(+number.toPrecision(10)).replace("-", "−") + unit(c);
    },
    takes: (c, number) => (boards[c] ? boards[c].takes(number) : kinds[c].between && within(c, number) === number),
  };
  const unit = (c) => controls[c][2][0].replace(/^[−\d.e+]+/, "");

  kinds.forEach(({ points }, c) => (boards[c] = points && board(python, figure, c, points, value)));
  groups.forEach(([input, radio], c) => {
    if (radio || !kinds[c].between) return;
    input.step = 1 / kinds[c].parts;
    const label = input.closest("label");
    const field = made(page, "input", { type: "number", className: "exact", step: "any", inputMode: "decimal" });
    Object.assign(field, { min: grids[c][0], max: grids[c].at(-1), autocomplete: "off" });
    field.setAttribute("aria-label", `${label.firstChild.textContent}, exactly`);
    const row = made(page, "div", { className: "fine" });
    if (unit(c)) row.dataset.unit = unit(c).trim();
    label.replaceWith(row);
    row.append(label, field);
    const renew = () => page.activeElement !== field && (field.value = value(c));
    figure.addEventListener("shown", renew);
    field.addEventListener("input", (event) => event.stopPropagation()); // half a number is none yet
    field.addEventListener("change", () => {
      missed.remove();
      if (Number.isFinite(field.valueAsNumber)) set(c, within(c, field.valueAsNumber));
      show();
      field.value = value(c);
    });
    renew();
  });
  figure.dataset.live = "";
  if (missed.isConnected) follow();
}
