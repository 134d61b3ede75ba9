"""Explorables in frames of one page whose Python runs: what they show at values that no page has."""

import json
import re

import numpy as np
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
  const end = Date.now() + 300_000
  while (!frame.contentDocument.querySelector('figure[data-live]')) {
    if (Date.now() > end) throw new Error('the figure does not become live')
    await new Promise(requestAnimationFrame)
  }
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
TAG = re.compile(r"<[^>]*>")
CLIP = re.compile(r' clip-path="[^"]*"')


def enlivened(tab, scene) -> None:
    """Put a scene into its frame, and wait until it is live there."""
    tab.evaluate(OPEN, document(explorable_bundle(begun(scene))))


def opened(tab, scene):
    """The frame of a scene, once it is live."""
    enlivened(tab, scene)
    return tab.frame_locator("#live")


def same_spots(shown, expected) -> bool:
    """Whether two drawings put the same marks on the same spots, but for how many of them share a spot.

    Of marks that are the same to a tenth of a point only one is drawn, and rounding may set two of them a tenth apart.
    """
    looks, spots = [], []
    for text in (shown, expected):
        looks.append([re.sub(' d="[^"]*"', "", path) for path in re.findall("<[^>]*>", text)])
        starts = re.findall(rf"M({NUMBER.pattern}) ({NUMBER.pattern})", text)
        spots.append(np.array([[float(x), float(y)] for x, y in starts]))
    if looks[0] != looks[1]:
        return False
    gaps = np.abs(spots[0][:, None] - spots[1]).max(axis=2)
    return max(gaps.min(axis=0).max(), gaps.min(axis=1).max()) <= 1


def same(tab, writer, state) -> None:
    """The frame's figure shows at ``state`` what the writer draws, but for rounding in the last digit.

    By as much a line may also touch the rim of its axes or not, and so be clipped or not. Coordinates are points, most
    of them relative to the one before, and another version of matplotlib sets letters up to half a point higher, and
    each line of a text up to a point closer to the one before. What a text says is the same to the letter.
    """
    *fragments, says = writer.frame(state)
    for shown, expected in tab.evaluate(GO, [json.loads(json.dumps(state)), fragments, says]):
        shown, expected = CLIP.sub("", shown), CLIP.sub("", expected)
        if NUMBER.sub("0", shown) != NUMBER.sub("0", expected):
            assert same_spots(shown, expected), state
            continue
        numbers = [[float(number) for number in NUMBER.findall(text)] for text in (shown, expected)]
        assert TAG.sub("\n", shown) == TAG.sub("\n", expected), state
        slack = max(1, shown.count("<text"))
        assert numbers[0] == pytest.approx(numbers[1], abs=slack), state
