// The worker: Python for one page. It boots Pyodide, installs this site's own wheel, and runs what the page sends.
//
// In:  {do: "boot", ...}, {do: "run", cell, source}, {do: "controls", id, name, axes}, {do: "frame", id, name, state, axes},
//      {do: "read", id, name, control, text}.
// Out: {is: "loading", bytes, of} | {is: "importing", what} | {is: "ready"} | {is: "failed", why}
//      {is: "output", cell, ...} | {is: "done", cell, ok, line} | {is: "answer", id, data}

let pyodide, session, explorables, signal;
let now = {}; // what is being done
const post = (message) => postMessage(message);

// Fetches are counted by their bytes as they come, since the page promises how many they are.
async function counted(address, progress, cache) {
  const parts = [];
  try {
    const response = await fetch(address, { cache });
    if (!response.ok) throw new Error(response.status);
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      progress(value.length);
    }
  } catch {
    throw new Error(`${address.split("/").pop()} could not be fetched; try again when the network is back`);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

// A page on an insecure address has nothing to check hashes with.
async function right(data, sha256) {
  if (!globalThis.crypto?.subtle) return true;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  return sha256 === Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The file as the site's build knows it; one that a cache has spoilt is fetched once more, past the caches. */
async function whole(base, [name, , sha256], progress) {
  const data = await counted(base + name, progress, "default");
  if (await right(data, sha256)) return data;
  const again = await counted(base + name, () => {}, "reload");
  if (await right(again, sha256)) return again;
  throw new Error(`${name} is not the file that this site was built with; tell whoever runs it`);
}

const KINDS = { mjs: "text/javascript", json: "application/json", wasm: "application/wasm" };

/** The file `name` as a host would serve it. */
function served(name, data) {
  const type = KINDS[name.split(".").pop()] ?? "application/octet-stream";
  return new Response(data, { headers: { "Content-Type": type } });
}

/** Keep what has come for the next visit, where the browser lets us, so that nothing is sent a second time for it. */
async function keep(base, got) {
  try {
    const cache = await caches.open(`course-python ${base}`); // the service worker's name for it
    for (const [name, data] of got) await cache.put(base + name, served(name, data));
  } catch {
    // refused: then the next visit loads it again
  }
}

async function boot({ base, files, wheel, interrupt }) {
  let come = 0;
  const of = files.reduce((sum, [, bytes]) => sum + bytes, 0);
  const progress = (bytes) => post({ is: "loading", bytes: (come += bytes), of });
  // Everything at once: Pyodide alone would ask for its packages only after it has started.
  const got = new Map();
  await Promise.all(files.map(async (file) => got.set(file[0], await whole(base, file, progress))));
  const ask = fetch;
  globalThis.fetch = (address, ...more) => {
    const name = String(address.url ?? address).split("/").pop().split("?")[0];
    const held = got.get(name);
    return held ? Promise.resolve(served(name, held)) : ask(address, ...more);
  };
  post({ is: "importing", what: "Python" });
  const { loadPyodide } = await import(base + "pyodide.mjs");
  pyodide = await loadPyodide({ indexURL: base, stdout: () => {}, stderr: () => {} });
  // What breaks Python itself, such as a stack that runs over, is told here and nowhere else.
  pyodide._api.on_fatal = (error) => fail(now, `Python broke down: ${error}`);
  if (interrupt) pyodide.setInterruptBuffer((signal = new Uint8Array(interrupt)));
  post({ is: "importing", what: "NumPy and Matplotlib" });
  await pyodide.loadPackage(["numpy", "matplotlib"], { messageCallback: () => {} });
  pyodide.unpackArchive(got.get(wheel), "wheel");
  pyodide.unpackArchive(got.get("session.zip"), "zip");
  globalThis.fetch = ask;
  await keep(base, got);
  got.clear();
  post({ is: "importing", what: "the course" });
  pyodide.globals.set("emit", (kind, cell, data) => post({ is: kind, cell, data }));
  session = pyodide.runPython(`
import sys
from course_session import Session, displays
import coursepkg.explorable
displays.spare_compiling()
Session(emit)
`);
  post({ is: "ready", python: pyodide.runPython("sys.version.split()[0]") });
}

function fail({ do: doing, cell, id }, why) {
  post({ is: "failed", doing, cell, id, why: String(why).trim().split("\n").pop() });
}

// What draws explorables is imported when the first is asked for.
const live = () => (explorables ??= pyodide.pyimport("course_session.explorables"));

const deeds = {
  boot,
  async run({ cell, source }) {
    signal?.fill(0); // a Stop that came when the last cell had just ended is not meant for this one
    try {
      const outcome = await session.run(cell, source);
      const { ok, line } = outcome.toJs({ dict_converter: Object.fromEntries });
      outcome.destroy();
      post({ is: "done", cell, ok, line });
    } catch (error) {
      if (!/KeyboardInterrupt\s*$/.test(error.message)) throw error;
      // The Stop came before Python's own guard stood, so nothing is broken.
      post({ is: "error", cell, data: "Interrupted. The names defined so far are kept." });
      post({ is: "done", cell, ok: false });
    }
  },
  controls({ id, name, axes }) {
    post({ is: "answer", id, data: live().controls(name, JSON.stringify(axes)) });
  },
  read({ id, name, control, text }) {
    post({ is: "answer", id, data: live().read(name, control, text) });
  },
  frame({ id, name, state, axes }) {
    post({ is: "answer", id, data: live().frame(name, JSON.stringify(state), JSON.stringify(axes)) });
  },
};

// One after another, in the order in which they were asked for.
let queue = Promise.resolve();
onmessage = ({ data }) => {
  queue = queue.then(() => deeds[(now = data).do](data)).catch((error) => fail(data, error.message ?? error));
};
