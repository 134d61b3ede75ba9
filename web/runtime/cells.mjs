// A cell of the page: its editor, its buttons, and what it puts out.
import { edit } from "./editor.mjs";
import { enliven } from "./explorables.mjs";

const RICHEST = ["text/html", "image/svg+xml", "image/png", "image/jpeg", "text/latex", "text/markdown", "text/plain"];

// What the checks begin with; the words follow the sign, and the colour is the page's for both.
const VERDICTS = { "✓": "right", "✗": "wrong", "○": "open" };

function button(label, name, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: label, onclick: act });
  made.className = `cell-${name}`;
  return made;
}

/** Text as a terminal shows it: a carriage return begins the line anew, which is how progress bars move. */
const settled = (text) => text.replace(/[^\n]*\r(?!\n)/g, "");

export class Cell {
  kind = "code";

  /**
   * The cell `root` of the page, the `number`th; `run(cell, onward)` is called to run it, `drafts` keeps edits, and
   * `python` is asked for the states of the explorables that it shows.
   */
  constructor(root, number, { run, drafts, python }) {
    this.root = root;
    this.python = python;
    this.number = number;
    this.input = root.querySelector(".cell_input");
    const pre = this.input.querySelector("pre");
    this.author = pre.textContent.replace(/\n$/, "");
    this.output = root.querySelector(":scope > .cell_output, :scope > details > .cell_output");
    this.before = [...(this.output?.children ?? [])];
    this.place = pre.closest("[class*=highlight-]") ?? pre.parentElement;
    const frame = document.createElement("div");
    frame.className = "cell-editor";
    this.place.hidden = true;
    this.place.after(frame);
    const draft = drafts.get(this.author);
    this.editor = edit(frame, draft ?? this.author, {
      label: `Cell ${number}. Shift Enter runs it. Escape, then Tab, leaves the editor.`,
      run: (onward) => run(this, onward),
      changed: (source) => {
        drafts.set(this.author, source === this.author ? null : source);
        this.reset.hidden = source === this.author;
      },
    });
    this.go = button("Run", "run", () => run(this, false));
    this.go.title = "Run this cell (Shift+Enter)";
    this.reset = button("Author's text", "reset", () => {
      this.editor.source = this.author;
      this.editor.focus();
    });
    this.reset.hidden = draft === undefined;
    this.state = document.createElement("span");
    this.state.className = "cell-state";
    const tools = document.createElement("div");
    tools.className = "cell-tools";
    tools.append(this.go, this.reset, this.state);
    frame.append(tools);
  }

  get source() {
    return this.editor.source;
  }

  set source(text) {
    this.editor.source = text;
  }

  say(text) {
    this.state.textContent = text;
  }

  /** Make room for new output. */
  clear() {
    if (!this.output) {
      this.output = document.createElement("div");
      this.output.className = "cell_output docutils container";
      this.root.append(this.output);
    }
    this.output.replaceChildren();
    this.output.setAttribute("aria-live", "polite");
    this.root.classList.remove("cell-failed");
  }

  /** One thing that the running cell has put out. */
  hear(kind, data) {
    if (kind === "text") {
      const cut = data.indexOf("\n");
      this.print(data.slice(0, cut), data.slice(cut + 1));
    } else if (kind === "error") {
      this.root.classList.add("cell-failed");
      this.print("error", data);
    } else if (kind === "bundle") this.show(JSON.parse(data));
  }

  print(stream, text) {
    let last = this.output.lastElementChild;
    if (last?.dataset.stream !== stream) {
      last = document.createElement("div");
      last.dataset.stream = stream;
      last.className = `output ${stream === "stdout" ? "stream" : stream} highlight-myst-ansi notranslate`;
      last.innerHTML = '<div class="highlight"><pre></pre></div>';
      this.output.append(last);
    }
    const pre = last.querySelector("pre");
    pre.textContent = settled(pre.textContent + text);
    const verdict = VERDICTS[pre.textContent[0]];
    if (verdict) last.classList.add("verdict", verdict);
  }

  show(bundle) {
    if ("clear" in bundle) return this.output.replaceChildren();
    if ("keep" in bundle) return this.keep(bundle.keep);
    if ("document" in bundle) return this.output.append(framed(bundle.document, this.python));
    const media = RICHEST.find((one) => one in bundle);
    const shown = document.createElement("div");
    shown.className = "output";
    const data = bundle[media];
    if (media === "text/html" || media === "image/svg+xml") {
      shown.classList.add("text_html");
      shown.innerHTML = data;
    } else if (media.startsWith("image/")) {
      const picture = new Image();
      picture.src = `data:${media};base64,${data}`;
      picture.alt = bundle["text/plain"];
      shown.append(picture);
    } else if (media === "text/latex") {
      shown.textContent = data;
    } else {
      shown.className = "output text_plain highlight-myst-ansi notranslate";
      shown.innerHTML = '<div class="highlight"><pre></pre></div>';
      shown.querySelector("pre").textContent = data;
    }
    this.output.append(shown);
  }

  /** The author's explorable `name`: it is on the page already, with all of its states. */
  keep(name) {
    const figure = `figure.explorable[data-name="${name}"]`;
    const mine = this.before.find((one) => one.matches(figure) || one.querySelector(figure));
    if (mine) return this.output.append(mine);
    const elsewhere = document.querySelector(figure);
    if (elsewhere) this.print("stdout", `This figure stands on this page already, with its sliders: #${name}\n`);
    else this.print("stdout", `The figure ${name} stands on another page of the course.\n`);
  }
}

/** A document of the reader's making in a frame as high as itself and in the page's theme. */
function framed(text, python) {
  const frame = Object.assign(document.createElement("iframe"), { className: "cell-frame", srcdoc: text });
  frame.title = "An explorable of this cell";
  const page = document.documentElement;
  frame.onload = () => {
    const inner = frame.contentDocument.documentElement;
    const dress = () => (inner.dataset.theme = page.dataset.theme);
    new MutationObserver(dress).observe(page, { attributeFilter: ["data-theme"] });
    dress();
    const fit = () => (frame.style.height = `${inner.querySelector("main").offsetHeight + 2}px`);
    new ResizeObserver(fit).observe(inner.querySelector("main"));
    enliven(python, inner);
  };
  return frame;
}
