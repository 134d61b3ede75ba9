// Python: the worker as the page sees it. One worker at a time; a new one has no names.

export class Python {
  #worker;
  #base;
  #told;
  #waiting = new Map(); // cell → {resolve, hear}
  #asked = new Map(); // id → {resolve, reject}
  #last = 0;
  #interrupt;
  #again; // the timer of a Stop that has not been answered

  /** `told(message)` hears of loading and importing. */
  constructor(base, told) {
    this.#base = base;
    this.#told = told;
  }

  /** Start a worker; resolves when cells can run, rejects with the reason why they cannot, and what to do. */
  async boot() {
    if (typeof WebAssembly !== "object") throw new Error("this browser has no WebAssembly; a newer one runs the page");
    const answer = await fetch(this.#base + "files.json").catch(() => undefined);
    if (!answer?.ok) throw new Error("its list of files could not be fetched; try again when the network is back");
    const { files, own, wheel } = await answer.json();
    this.files = [...files.map(([name]) => name), ...own, "files.json"].map((name) => this.#base + name);
    this.#worker?.terminate();
    this.#interrupt = self.crossOriginIsolated ? new SharedArrayBuffer(1) : undefined;
    let asked = false; // browsers that know no modules in workers do not ask for the type
    const kind = {
      get type() {
        asked = true;
        return "module";
      },
    };
    this.#worker = typeof Worker === "function" ? new Worker(this.#base + "worker.mjs", kind) : undefined;
    if (!asked) {
      this.#worker?.terminate();
      throw new Error("this browser has no module workers; a newer one runs the page");
    }
    await new Promise((resolve, reject) => {
      this.#worker.onmessage = ({ data }) => {
        if (data.is === "ready") resolve(data);
        else if (data.is === "failed" && data.doing === "boot") {
          this.#worker.terminate(); // what still comes of the other files says nothing any more
          reject(new Error(data.why));
        }
        else this.#hear(data);
      };
      this.#worker.onerror = (event) => reject(new Error(event.message || "the worker could not start"));
      this.#worker.postMessage({ do: "boot", base: this.#base, files, wheel, interrupt: this.#interrupt });
    });
    this.#worker.onerror = (event) => this.#lost(event.message || "the worker has stopped");
  }

  #hear(data) {
    const cell = this.#waiting.get(data.cell);
    if (data.id) {
      const { resolve, reject } = this.#asked.get(data.id) ?? {};
      this.#asked.delete(data.id);
      if (data.is === "answer") resolve?.(JSON.parse(data.data));
      else reject?.(new Error(data.why));
    } else if (data.is === "loading" || data.is === "importing") this.#told(data);
    else if (data.is === "done" || data.is === "failed") {
      this.#waiting.delete(data.cell);
      this.#settled();
      // What Python itself does not answer for has broken it.
      cell?.resolve({ ok: Boolean(data.ok), line: data.line ?? 0, why: data.why, broken: data.is === "failed" });
    } else cell?.hear(data.is, data.data);
  }

  #lost(why) {
    this.#settled();
    for (const { resolve } of this.#waiting.values()) resolve({ ok: false, line: 0, why });
    this.#waiting.clear();
    for (const { reject } of this.#asked.values()) reject(new Error(why));
    this.#asked.clear();
  }

  /** What the worker answers to a deed other than a cell: the `controls` of a scene, a `frame` of it, or a file to `read`. */
  ask(deed, data) {
    if (!this.#worker) return Promise.reject(new Error("Python is not running."));
    return new Promise((resolve, reject) => {
      const id = ++this.#last;
      this.#asked.set(id, { resolve, reject });
      this.#worker.postMessage({ do: deed, id, ...data });
    });
  }

  /** Run `source` as the cell number `cell`; `hear(kind, data)` gets what it prints and shows. */
  run(cell, source, hear) {
    return new Promise((resolve) => {
      this.#waiting.set(cell, { resolve, hear });
      this.#worker.postMessage({ do: "run", cell, source });
    });
  }

  /** Whether `interrupt` keeps the names. */
  get gentle() {
    return Boolean(this.#interrupt);
  }

  /** Ask what runs to stop, where the browser shares memory with the worker. */
  interrupt() {
    if (this.#again) return; // a second one would stop what tells of the first
    new Uint8Array(this.#interrupt)[0] = 2; // SIGINT
    // A cell that the worker had not begun yet does not hear of it.
    this.#again = setTimeout(() => {
      this.#again = undefined;
      if (this.#waiting.size) this.interrupt();
    }, 2000);
  }

  #settled() {
    clearTimeout(this.#again);
    this.#again = undefined;
  }

  /** End the worker and all that it holds. */
  end(why) {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#lost(why);
  }
}
