// Offers to run the page. Nothing of Python is asked for before the button is pressed.
(() => {
  const { base, megabytes, root, notebook } = document.currentScript.dataset;
  const heading = document.querySelector("article h1");
  // A page opened from the disk may not start a worker.
  if (!heading || !location.protocol.startsWith("http")) return;
  const bar = document.createElement("div");
  bar.className = "run-bar";
  bar.setAttribute("role", "region");
  bar.setAttribute("aria-label", "Run this page");
  bar.innerHTML =
    '<button type="button" class="run-page">Run this page</button><span class="run-cost"></span><span role="status"></span>';
  const [button, cost, status] = bar.children;
  cost.textContent = `Python in your browser: ${megabytes} MB, loaded once.`;
  heading.after(bar);
  const say = (text) => (status.textContent = text);
  button.onclick = async () => {
    if (typeof WebAssembly !== "object" || typeof Worker !== "function") {
      return say("This browser has no WebAssembly: the page can be read, but not run here.");
    }
    button.disabled = true;
    try {
      const { start } = await import(new URL(base + "page.mjs", location.href));
      const [at, site, source] = [base, root, notebook].map((part) => new URL(part, location.href).href);
      await start(bar, { base: at, root: site, notebook: source });
    } catch (error) {
      button.disabled = false;
      say(`Python could not be loaded (${error.message}). The page stays as it was: try again.`);
    }
  };
})();
