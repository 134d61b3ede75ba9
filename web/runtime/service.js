// Keeps what a page needs to run once more without a network, and lets pages share memory with their worker.
const PAGES = "course-pages";
const held = (base) => `course-python ${base}`;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// A page has booted from `base`: keep it and that runtime, and let older runtimes go.
self.addEventListener("message", ({ data: { base, keep } }) => {
  (async () => {
    const runtime = await caches.open(held(base));
    const pages = await caches.open(PAGES);
    for (const address of new Set(keep)) {
      const cache = address.startsWith(base) ? runtime : pages;
      if (!(await cache.match(address))) await cache.add(address).catch(() => undefined);
    }
    for (const name of await caches.keys()) {
      if (name.startsWith("course-python ") && name !== held(base)) await caches.delete(name);
    }
  })();
});

// Isolation is what browsers ask before they share memory; all that the site serves is its own.
function isolated(response) {
  if (response.status === 0 || response.type === "opaque") return response;
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

async function answer(request) {
  const [base] = /^.*\/_static\/runtime\/[^/]+\//.exec(request.url) ?? [];
  const old = await caches.match(request);
  if (base && old && request.cache !== "reload") return isolated(old);
  try {
    const fresh = await fetch(request);
    if (old && fresh.ok) await (await caches.open(base ? held(base) : PAGES)).put(request, fresh.clone());
    return isolated(fresh);
  } catch (error) {
    if (old) return isolated(old);
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && new URL(request.url).origin === location.origin) event.respondWith(answer(request));
});
