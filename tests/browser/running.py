"""Cells that run in a page: how a test runs one, and what it has said."""

import json

BOOT = 300_000  # ms that the slowest machine may take to load and start Python
STATUS = "document.querySelector('.run-bar [role=status]').textContent"
#: Run a source as the cell of a number: [how it ended, all that was heard of it].
RUN = """([cell, source]) => new Promise(resolve => {
  const told = []
  const { python } = document.querySelector('.run-bar')
  python.run(cell, source, (kind, data) => told.push([kind, data])).then(outcome => resolve([outcome, told]))
})"""
#: Wait until the site's own worker holds the page and all that Python needs.
HELD = """async () => {
  const wanted = [location.href, ...document.querySelector('.run-bar').python.files]
  const held = address => caches.match(address)
  while (!(await Promise.all(wanted.map(held))).every(Boolean)) await new Promise(requestAnimationFrame)
}"""


def offered(tab) -> None:
    """The page has its button; a site without one was built where Python's files could not be had, and that fails."""
    assert tab.locator(".run-page").count() == 1, "the site was built without Python: what did `make book` say?"


def ready(tab) -> None:
    """Wait until Python has started on the page, or say why it could not."""
    tab.wait_for_function(f"document.documentElement.dataset.python || {STATUS}.includes('could not')", timeout=BOOT)
    assert "could not" not in tab.evaluate(STATUS), tab.evaluate(STATUS)


def came(told) -> str:
    """What a cell has printed, and its value."""
    printed = [data.partition("\n")[2] for kind, data in told if kind == "text" and data.startswith("stdout")]
    shown = [json.loads(data) for kind, data in told if kind == "bundle"]
    return "".join(printed + [one["text/plain"] for one in shown if set(one) == {"text/plain"}])
