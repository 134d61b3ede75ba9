// The page as a lab: the bar above, the cells, and one Python behind them.
import { answers } from "./answers.mjs";
import { Cell } from "./cells.mjs";
import { drafts } from "./drafts.mjs";
import { enliven } from "./explorables.mjs";
import { Notebook } from "./notebook.mjs";
import { Python } from "./python.mjs";

const MEGA = 1e6;

/** Boot Python and turn the page's cells into editors. `bar` is bar.html's; it has a button, a cost and a status. */
export async function start(bar, { base, root, notebook }) {
  const [button, cost, status] = bar.children;
  const say = (text) => (status.textContent = text);
  const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: base + "runtime.css" });
  // The editors measure their lines once: not before they are dressed.
  const dressed = new Promise((resolve) => (style.onload = style.onerror = resolve));
  document.head.append(style);
  const progress = document.createElement("progress");
  progress.setAttribute("aria-label", "Loading Python");
  cost.replaceWith(progress);
  const python = new Python(base, (message) => {
    if (message.is === "loading") {
      progress.max = message.of;
      progress.value = message.bytes;
      say(`Loading: ${(message.bytes / MEGA).toFixed(0)} of ${(message.of / MEGA).toFixed(0)} MB`);
    } else {
      progress.removeAttribute("value");
      say(`Starting: ${message.what} …`);
    }
  });
  try {
    await python.boot();
  } catch (error) {
    progress.replaceWith(cost);
    throw error;
  }
  await dressed;
  bar.python = python; // for whoever likes to use it from the console
  progress.remove();
  keep(root, base, python.files);

  let loose = false; // whether the browser refuses to keep the reader's text
  const kept = drafts(location.pathname, {
    refused() {
      if (!loose) say("This browser keeps nothing: your text lasts as long as this page. Download your notebook.");
      loose = true;
    },
    elsewhere: () => say("Another tab has changed a cell of this page. Reload to see its text."),
  });
  let running; // the cell that runs now
  let halted = false;
  let starting = false;
  let asked = false; // whether the running cell has been asked to stop

  async function run(cell) {
    if (running || starting) return false;
    running = cell;
    asked = false;
    tools();
    cell.clear();
    cell.say("running …");
    const slow = setTimeout(() => say(`Cell ${cell.number} is running. Stop ends it.`), 1500);
    const outcome = await python.run(cell.number, cell.source, (kind, data) => cell.hear(kind, data));
    clearTimeout(slow);
    running = undefined;
    cell.say(outcome.ok ? "done" : "");
    if (outcome.why) cell.hear("error", outcome.why);
    if (outcome.line) cell.editor.mark(outcome.line);
    say(outcome.ok ? "" : `Cell ${cell.number} did not come to its end${outcome.line ? `: line ${outcome.line}` : ""}.`);
    tools();
    if (outcome.broken) await restart("This cell broke Python, which was started anew: run the cells above again.");
    return outcome.ok;
  }

  async function several(some) {
    halted = false;
    for (const cell of some) if (!(await run(cell)) || halted) return false;
    say("Every cell has run.");
    return true;
  }

  async function alone(cell, onward) {
    if (!(await run(cell))) return;
    const next = cells[cells.indexOf(cell) + 1];
    if (onward && next) {
      next.root.closest("details:not([open])")?.setAttribute("open", "");
      next.editor.focus();
    }
  }

  const roots = [...document.querySelectorAll("article div.cell")].filter((one) => one.querySelector(".cell_input pre"));
  const cells = roots.map((one, k) => new Cell(one, k + 1, { run: alone, drafts: kept, python }));
  for (const cell of cells) {
    const above = document.createElement("button");
    Object.assign(above, { type: "button", className: "cell-above", textContent: "Run all above" });
    above.onclick = () => several(cells.slice(0, cells.indexOf(cell)));
    if (cell !== cells[0]) cell.go.after(above);
    offerHints(cell, python);
  }

  const all = button;
  all.textContent = "Run all cells";
  all.onclick = () => several(cells);
  const stop = Object.assign(document.createElement("button"), { type: "button", textContent: "Stop" });
  const again = Object.assign(document.createElement("button"), { type: "button", textContent: "Restart" });
  const save = Object.assign(document.createElement("button"), { type: "button", textContent: "Download my notebook" });
  const choose = Object.assign(document.createElement("input"), { type: "file", accept: ".ipynb", hidden: true });
  const load = Object.assign(document.createElement("button"), { type: "button", textContent: "Load a notebook" });
  all.after(stop, again, save, load, choose);
  const mine = new Notebook(notebook);
  const written = [...cells, ...answers(kept)];
  save.onclick = () => mine.download(written).then(() => say("Saved with your text in it."), fault);
  load.onclick = () => choose.click();
  choose.onchange = async () => {
    const [file] = choose.files;
    choose.value = "";
    if (file) await mine.load(file, written).then((n) => say(`${n} cells loaded from ${file.name}.`), fault);
  };
  function fault(error) {
    say(`${error.message[0].toUpperCase()}${error.message.slice(1)}.`);
  }
  stop.onclick = async () => {
    halted = true;
    if (python.gentle && !asked) {
      asked = true;
      python.interrupt();
      say("Stopping … If it does not, press Stop once more: that starts Python anew.");
    } else {
      python.end("Stopped. The page's names are gone: run the cells above again.");
      await restart("Stopped. Python was started anew, and its names are gone.");
    }
  };
  again.onclick = () => {
    halted = true;
    python.end("Restarted: this cell did not come to its end.");
    return restart("Restarted: no name is defined.");
  };

  async function restart(text) {
    starting = true;
    tools();
    say("Starting anew …");
    try {
      await python.boot();
      say(text);
    } catch (error) {
      say(`Python could not be started again: ${error.message}. Your text is kept: reload the page.`);
    }
    starting = false;
    tools();
  }

  function tools() {
    stop.disabled = !running || starting;
    again.disabled = starting;
    const busy = Boolean(running) || starting;
    all.disabled = busy;
    for (const cell of cells) cell.go.disabled = busy;
  }

  enliven(python);
  tools();
  if (!loose) say("Ready. Shift+Enter runs a cell and goes on to the next.");
  document.documentElement.dataset.python = "ready";
}

/** A cell that asks for a check gets a button for its hints, one by one. */
function offerHints(cell, python) {
  const name = /\bcheck\.(?!hint\b)(\w+)\(/.exec(cell.author)?.[1];
  if (!name) return;
  let n = 0;
  const hint = Object.assign(document.createElement("button"), { type: "button", className: "cell-hint", textContent: "Hint" });
  hint.onclick = async () => {
    if (cell.go.disabled) return;
    if (!n) cell.clear();
    n += 1;
    const told = [];
    const source = `from coursepkg import check as _check\n_check.hint("${name}", ${n})`;
    const { ok } = await python.run(cell.number, source, (kind, data) => told.push([kind, data]));
    if (ok) told.forEach(([kind, data]) => cell.hear(kind, data));
    else Object.assign(hint, { disabled: true, textContent: "No more hints" });
  };
  cell.go.after(hint);
}

/** Keep the page and the runtime for the next visit, with or without a network. */
async function keep(root, base, files) {
  try {
    const registration = await navigator.serviceWorker.register(root + "service.js");
    await navigator.serviceWorker.ready;
    // What the worker fetched is not among the page's own resources.
    const loaded = performance.getEntriesByType("resource").map((one) => one.name);
    const here = [location.href.split("#")[0], ...loaded, ...files];
    registration.active?.postMessage({ base, keep: here.filter((one) => one.startsWith(root)) });
  } catch {
    // private windows and some hosts refuse: then the next visit loads it again
  }
}
