"""Explorables in frames of one page whose Python runs: what they show at values that no page has."""

import json
import re

import pytest

from coursepkg.explorable.bundle import explorable_bundle
from coursepkg.explorable.standalone import document
from coursepkg.explorable.static import begun

#: Put a document into a frame above the page, and let its figure take any value, as frames below cells do.
OPEN = """async text => {
  document.querySelector('#live')?.remove()
  const frame = Object.assign(document.createElement('iframe'), { id: 'live', srcdoc: text })
  frame.style = 'position: fixed; inset: 0; width: 1000px; height: 850px; z-index: 9999; background: white'
  document.body.append(frame)
  await new Promise(resolve => (frame.onload = resolve))
  const { python } = document.querySelector('.run-bar')
  const { enliven } = await import(python.files.find(name => name.endsWith('/explorables.mjs')))
  enliven(python, frame.contentDocument)
}"""

#: Go to a state, and give what the page paints for it, and how the browser writes what was expected.
GO = """async ([state, expected, says]) => {
  const figure = document.querySelector('#live').contentDocument.querySelector('figure')
  const { controls, set, show } = figure.explorable
  controls.forEach(([name], c) => set(c, state[name]))
  show()
  const words = figure.querySelector('.says'), trouble = figure.querySelector('.trouble')
  while (words.textContent !== says && trouble.hidden) await new Promise(requestAnimationFrame)
  if (!trouble.hidden) throw new Error(trouble.textContent)
  const slots = [...figure.querySelectorAll('[data-slot]')]
  return slots.map((slot, k) => {
    const other = slot.cloneNode()
    other.innerHTML = expected[k]
    return [slot.innerHTML, other.innerHTML]
  })
}"""
NUMBER = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?")
CLIP = re.compile(r' clip-path="[^"]*"')


def opened(tab, scene):
    """The frame of a scene, once it is live."""
    tab.evaluate(OPEN, document(explorable_bundle(begun(scene))))
    frame = tab.frame_locator("#live")
    frame.locator("figure[data-live]").wait_for(timeout=300_000)
    return frame


def same(tab, writer, state) -> None:
    """The frame's figure shows at ``state`` what the writer draws, but for rounding in the last digit.

    By as much a line may also touch the rim of its axes or not, and so be clipped or not. Coordinates are points, most
    of them relative to the one before, and another version of matplotlib sets letters up to half a point higher.
    """
    *fragments, says = writer.frame(state)
    tab.set_default_timeout(300_000)
    for shown, expected in tab.evaluate(GO, [json.loads(json.dumps(state)), fragments, says]):
        shown, expected = CLIP.sub("", shown), CLIP.sub("", expected)
        assert NUMBER.sub("0", shown) == NUMBER.sub("0", expected), state
        numbers = [[float(number) for number in NUMBER.findall(text)] for text in (shown, expected)]
        assert numbers[0] == pytest.approx(numbers[1], abs=1), state
