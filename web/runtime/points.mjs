// Points that the reader places, drags and deletes on the first axes of a figure: a set of their own beside the author's.

const OWN = "~"; // what the text of such a set begins with
const SVG = "http://www.w3.org/2000/svg";
const LARGEST = 1e6; // bytes of a file that is read at all

export const STYLE = `
.explorable .own { padding-bottom: 0.5rem; }
.explorable .own p { margin: 0.2rem 0; font-size: 0.9em; line-height: 1.4; }
.explorable .own > p { min-height: 4.2em; }
.explorable .own details { margin: 0.3rem 0 0; padding: 0; border: 0; background: none; box-shadow: none; font-size: 0.9em; }
.explorable .own .classes { display: flex; flex-wrap: wrap; align-items: center; gap: 0 0.9rem; }
.explorable .own .classes label { display: inline-flex; align-items: center; gap: 0.35rem; min-height: 2rem; margin: 0; }
.explorable .own input { accent-color: var(--xp-blue); margin: 0; }
.explorable .own .acts { display: flex; flex-wrap: wrap; gap: 0.35rem; }
.explorable .own button { min-height: 2.2rem; padding: 0.1rem 0.55rem; font-size: 0.9em; }
.explorable .own button:disabled { opacity: 0.55; cursor: default; }
.explorable .own [hidden] { display: none; }
.explorable .own kbd { padding: 0 0.25rem; border: 1px solid var(--xp-faint); border-radius: 0.25rem; background: none;
  color: inherit; font: inherit; box-shadow: none; }
svg.xp .board { fill: transparent; }
svg.xp .board rect { cursor: crosshair; }
svg.xp .board .point { cursor: grab; outline: none; }
svg.xp .board .point:active { cursor: grabbing; }
svg.xp .board .ring { stroke: none; stroke-width: 1.6; pointer-events: none; }
svg.xp .board .point:hover .ring { stroke: var(--xp-faint); }
svg.xp .board .chosen .ring { stroke: var(--xp-ink); stroke-dasharray: 3 2; }
svg.xp .board .point:focus-visible { outline: none !important; }
svg.xp .board .point:focus-visible .ring { stroke: var(--xp-blue); stroke-width: 3; stroke-dasharray: none; }
@media (pointer: coarse) { svg.xp .board .reach { r: 15px; } }
@media print { .explorable .own, svg.xp .board { display: none; } }
`;

const clamp = (k, n) => Math.min(n, Math.max(0, k));
const two = (k) => k.toString(36).padStart(2, "0");
const listed = (points) => `${points.length} point${points.length === 1 ? "" : "s"}`;

/**
 * The board of the control at place `c`. `kind` is what Python says of it; `chosen(c)` gives the value that is shown.
 * The reader's own set becomes one more choice, whose value is `code`.
 */
export function board(python, figure, c, kind, chosen) {
  const { name, controls, groups } = figure.explorable;
  const [control, names] = controls[c];
  const { spans, labels, most, across, down } = kind;
  const page = figure.ownerDocument;
  const made = (tag, more, ...within) => {
    const element = Object.assign(page.createElement(tag), more);
    element.append(...within);
    return element;
  };
  const drawn = (tag, more) => {
    const element = page.createElementNS(SVG, tag);
    for (const key in more) element.setAttribute(key, more[key]);
    return element;
  };

  // A point is [label, steps across, steps up].
  const write = (points) => OWN + points.map(([label, i, j]) => label.toString(36) + two(i) + two(j)).join("");
  const read = (code) => {
    if (!/^~([0-9a-z]{5})*$/.test(code)) return null;
    const points = (code.slice(1).match(/.{5}/g) ?? []).map((one) =>
      [one[0], one.slice(1, 3), one.slice(3)].map((digits) => parseInt(digits, 36))
    );
    const fits = ([label, i, j]) => label < Math.max(1, labels.length) && i <= spans[0] && j <= spans[1];
    return points.length <= most && points.every(fits) ? points : null;
  };
  const sets = kind.sets.map(read);

  let own = null; // the text of the reader's set, once there is one
  let points = []; // those that are shown
  let at = 0; // the one that is chosen
  let held = null; // the one that is dragged

  // One more choice.
  const [first] = groups[c];
  const radio = made("input", { type: "radio", name: first.name, value: names.length });
  radio.dataset.control = control;
  radio.setAttribute("aria-describedby", first.getAttribute("aria-describedby"));
  const mine = made("label", {}, radio, made("span", { textContent: "your own" }));
  groups[c].at(-1).closest("label").after(mine);
  groups[c].push(radio);

  // The tools below the choices. They are no controls of the figure: what they do is.
  const label = made("span", { textContent: labels.length ? "place:" : "" });
  const classes = made("div", { className: "classes", hidden: !labels.length }, label);
  classes.setAttribute("role", "radiogroup");
  classes.setAttribute("aria-label", "Class of the points that you place");
  labels.forEach((one, k) => {
    const input = made("input", { type: "radio", name: `${first.name}-class`, value: k, checked: k === labels.length - 1 });
    classes.append(made("label", {}, input, made("span", { textContent: one })));
  });
  const placed = () => +(classes.querySelector(":checked")?.value ?? 0);
  const button = (text, act) => made("button", { type: "button", textContent: text, onclick: act });
  const told = made("p", { textContent: "Click the figure to place a point; drag a point to move it." });
  told.setAttribute("role", "status");
  const file = made("input", { type: "file", accept: ".csv,.txt,text/csv,text/plain", hidden: true });
  const remove = button("Delete it", () => drop(at));
  const clear = button("Clear", () => {
    edit([], "All points are gone.");
  });
  const acts = made("div", { className: "acts" }, button("Add a point", add), remove, clear);
  acts.append(button("Load a CSV", () => file.click()), file);
  const scale = button("Scale it to fit");
  scale.hidden = true;
  acts.append(scale);
  const number = (value) => String(Math.round(value * 1e6) / 1e6 + 0).replace("-", "−");
  const ends = (axis) => `${axis} from ${number(kind[axis][0])} to ${number(kind[axis][1])}`;
  const line = labels.length ? `x, y and one of ${labels.join(", ")}` : "x and y";
  const help = made("details");
  help.innerHTML =
    "<summary>Keys and files</summary><p><kbd>Tab</kbd> leads to a point, <kbd>Page Down</kbd> and <kbd>Page Up</kbd> to " +
    "the others. Arrow keys move it, with <kbd>Shift</kbd> finely; <kbd>Space</kbd> changes its class, <kbd>A</kbd> adds " +
    "one, <kbd>Delete</kbd> takes it away.</p><p></p>";
  help.lastChild.textContent = `A line of the file holds ${line}: ${ends("x")}, ${ends("y")}; ${most} points at most. ` +
    "A file with other numbers, names of classes or more points can be scaled to fit.";
  const tools = made("div", { className: "own" }, classes, acts, told, help);
  tools.setAttribute("role", "group");
  tools.setAttribute("aria-label", "Your own points");
  for (const type of ["input", "change"]) tools.addEventListener(type, (event) => event.stopPropagation());
  mine.closest(".choice").after(tools);

  // The points themselves. What draws them is Python; here is what a hand or a key takes hold of.
  const svg = figure.querySelector("svg.xp");
  const layer = drawn("g", { class: "board", role: "group", "aria-label": "Points" });
  const [left, right, bottom, top] = [...across, ...down];
  const ground = drawn("rect", { x: left, y: top, width: right - left, height: bottom - top });
  layer.append(ground);
  for (const child of svg.children) child.setAttribute("aria-hidden", "true");
  svg.setAttribute("role", "group"); // an image may hold nothing that takes the focus
  svg.append(layer);
  const handles = [];

  const x = (i) => left + (i / spans[0]) * (right - left);
  const y = (j) => bottom + (j / spans[1]) * (top - bottom);
  const place = ([, i, j]) => `(${number(kind.x[0] + i * kind.step)}, ${number(kind.y[0] + j * kind.step)})`;
  const called = (point) => (labels.length ? `${place(point)}, labelled ${labels[point[0]]}` : place(point));
  const say = (text) => {
    told.textContent = text;
    scale.hidden = true; // it belongs to the refusal of a file, and goes with it
  };

  function renew() {
    const shown = chosen(c);
    const k = names.indexOf(shown);
    points = (k >= 0 ? sets[k] : read(shown)) ?? [];
    at = Math.min(at, Math.max(0, points.length - 1));
    while (handles.length > points.length) handles.pop().remove();
    while (handles.length < points.length) {
      const handle = drawn("g", { class: "point", role: "button" });
      handle.append(drawn("circle", { class: "reach", r: 9 }), drawn("circle", { class: "ring", r: 7.5 }));
      handle.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
      layer.append(handle);
      handles.push(handle);
    }
    points.forEach((point, k) => {
      const handle = handles[k];
      handle.setAttribute("transform", `translate(${x(point[1]).toFixed(1)} ${y(point[2]).toFixed(1)})`);
      handle.setAttribute("tabindex", k === at ? 0 : -1);
      handle.setAttribute("aria-label", `Point ${k + 1} of ${points.length}: ${called(point)}`);
      handle.classList.toggle("chosen", k === at && k === held);
    });
    remove.disabled = clear.disabled = !points.length;
  }

  /** Show these points as the reader's own. */
  function edit(next, text, rest = true) {
    own = write(next);
    radio.checked = true;
    if (text) say(text);
    radio.dispatchEvent(new page.defaultView.Event("input", { bubbles: true }));
    if (rest) radio.dispatchEvent(new page.defaultView.Event("change", { bubbles: true }));
  }
  const take = (k) => {
    at = k;
    renew();
    handles[k]?.focus({ preventScroll: true });
  };

  /** One point more, where it is told or near the middle; whether there was room for it. */
  function put(point, rest) {
    if (points.length >= most) {
      say(`A set has at most ${most} points: delete one first.`);
      return false;
    }
    at = points.length;
    edit([...points, point], `Point ${at + 1} placed at ${called(point)}.`, rest);
    handles[at].focus({ preventScroll: true });
    return true;
  }
  function add() {
    const taken = new Set(points.map(([, i, j]) => `${i} ${j}`));
    let [i, j] = spans.map((n) => Math.round(n / 2));
    while (taken.has(`${i} ${j}`)) [i, j] = [(i + Math.ceil(spans[0] / 11)) % spans[0], (j + Math.ceil(spans[1] / 17)) % spans[1]];
    put([placed(), i, j]);
  }
  function drop(k) {
    if (!points.length) return;
    const gone = called(points[k]);
    const next = points.filter((_, other) => other !== k);
    edit(next, `Point at ${gone} deleted. ${listed(next)} left.`);
    if (next.length) take(Math.min(k, next.length - 1));
  }
  const moved = (k, point, rest) => {
    const next = points.map((one, other) => (other === k ? point : one));
    edit(next, rest ? `Point ${k + 1} moved to ${called(point)}.` : "", rest);
  };
  const under = ({ clientX, clientY }) => {
    const { x: px, y: py } = new DOMPoint(clientX, clientY).matrixTransform(ground.getScreenCTM().inverse());
    const i = Math.round(((px - left) / (right - left)) * spans[0]);
    const j = Math.round(((py - bottom) / (top - bottom)) * spans[1]);
    return [clamp(i, spans[0]), clamp(j, spans[1])];
  };

  let stirred = false;
  const hold = (k, event) => {
    held = k;
    stirred = false;
    layer.setPointerCapture(event.pointerId);
    take(k);
    event.preventDefault();
  };
  layer.addEventListener("pointerdown", (event) => {
    if (event.button || !event.isPrimary) return;
    const k = handles.indexOf(event.target.closest(".point"));
    if (k >= 0) hold(k, event);
    // A finger that lands beside the points may want to scroll: it places one by a tap alone.
    else if (event.pointerType !== "touch" && put([placed(), ...under(event)], false)) hold(at, event);
  });
  layer.addEventListener("pointermove", (event) => {
    if (held === null) return;
    const [label, i, j] = points[held];
    const next = under(event);
    if (next[0] === i && next[1] === j) return;
    stirred = true;
    moved(held, [label, ...next], false);
  });
  layer.addEventListener("lostpointercapture", () => {
    if (held === null) return;
    const k = held;
    held = null;
    if (stirred) moved(k, points[k], true);
    else if (radio.checked) edit(points, "");
    else renew(); // an author's set was only looked at
  });
  let finger = false;
  layer.addEventListener("pointerup", (event) => (finger = event.pointerType === "touch"));
  ground.addEventListener("click", (event) => finger && put([placed(), ...under(event)]));

  layer.addEventListener("keydown", (event) => {
    const [label, i, j] = points[at];
    const fine = (n) => (event.shiftKey ? 1 : Math.max(1, Math.round(n / 44)));
    const keys = {
      ArrowLeft: () => moved(at, [label, clamp(i - fine(spans[0]), spans[0]), j], true),
      ArrowRight: () => moved(at, [label, clamp(i + fine(spans[0]), spans[0]), j], true),
      ArrowDown: () => moved(at, [label, i, clamp(j - fine(spans[1]), spans[1])], true),
      ArrowUp: () => moved(at, [label, i, clamp(j + fine(spans[1]), spans[1])], true),
      PageDown: () => take((at + 1) % points.length),
      PageUp: () => take((at + points.length - 1) % points.length),
      Delete: () => drop(at),
      Backspace: () => drop(at),
      a: add,
      " "() {
        if (labels.length) moved(at, [(label + 1) % labels.length, i, j], true);
      },
    };
    const act = keys[event.key === "A" ? "a" : event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });

  file.addEventListener("change", async () => {
    const [one] = file.files;
    file.value = "";
    if (!one) return;
    if (one.size > LARGEST) return say(`${one.name} is larger than 1 MB; a set has at most ${most} points.`);
    try {
      const { code, why, fit, done } = await python.ask("read", { name, control, text: await one.text() });
      const loaded = (code, how) => edit(read(code), `${listed(read(code))} loaded from ${one.name}${how}.`);
      if (!why) return loaded(code, `, to multiples of ${kind.step}`);
      say(`${one.name} could not be read${fit ? " as it is" : ""}. ${why[0].toUpperCase()}${why.slice(1)}.`);
      if (!fit) return;
      scale.hidden = false;
      scale.onclick = () => {
        loaded(fit, `: ${done}`);
        handles[at].focus({ preventScroll: true }); // the button is gone
      };
    } catch (error) {
      say(`${one.name} could not be read. ${error.message}`);
    }
  });

  figure.addEventListener("shown", renew);
  renew();
  return {
    /** The text of the reader's own set, which begins as the one that was shown last. */
    get code() {
      return own ?? write(points);
    },
    /** Take this text for it; the place of the choice. */
    set(code) {
      own = code;
      return names.length;
    },
    takes: (code) => typeof code === "string" && read(code) !== null,
  };
}
