// Python: the worker as the page sees it. One worker at a time; a new one has no names.

export class Python {
  #worker;
  #base;
  #told;
  #waiting = new Map(); // cell → {resolve, hear}
  #interrupt;

  /** `told(message)` hears of loading and importing. */
  constructor(base, told) {
    this.#base = base;
    this.#told = told;
  }

  /** Start a worker; resolves when cells can run, rejects with the reason why they cannot. */
  async boot() {
    const answer = await fetch(this.#base + "files.json");
    if (!answer.ok) throw new Error(`the list of files could not be fetched (${answer.status})`);
    const { files, own, wheel } = await answer.json();
    this.files = [...files.map(([name]) => name), ...own, "files.json"].map((name) => this.#base + name);
    this.#interrupt = self.crossOriginIsolated ? new SharedArrayBuffer(1) : undefined;
    this.#worker = new Worker(this.#base + "worker.mjs", { type: "module" });
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
    if (data.is === "loading" || data.is === "importing") this.#told(data);
    else if (data.is === "done" || data.is === "failed") {
      this.#waiting.delete(data.cell);
      cell?.resolve({ ok: Boolean(data.ok), line: data.line ?? 0, why: data.why });
    } else cell?.hear(data.is, data.data);
  }

  #lost(why) {
    for (const { resolve } of this.#waiting.values()) resolve({ ok: false, line: 0, why });
    this.#waiting.clear();
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

  /** Stop what runs: gently where the browser shares memory with the worker, else by ending the worker. */
  interrupt() {
    if (this.#interrupt) new Uint8Array(this.#interrupt)[0] = 2; // SIGINT
    else this.end("Stopped. The page's names are gone: run the cells above again.");
  }

  /** End the worker and all that it holds. */
  end(why) {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#lost(why);
  }
}
