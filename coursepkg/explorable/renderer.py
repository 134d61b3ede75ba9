"""Renderer: the mark-up of a bundle, and all that knows of it.

A bundle is plain data, as :mod:`.bundle` makes it; :func:`render` is a function of it alone, so that another
renderer, a page's own script say, can make the same mark-up from the same bundle.
"""

from html import escape
from typing import Any

Bundle = dict[str, Any]

TOO_OLD = (
    "The sliders could not be brought to life: this browser is too old for them, or their states did not arrive. "
    "The figure shows the state that they start from."
)
NO_SCRIPT = "The sliders need JavaScript. The figure shows the state that they start from."


def render(bundle: Bundle, states: str | None = None, page: str | None = None) -> str:
    """A bundle as one ``<figure>``, complete without JavaScript at its default state.

    ``states`` is the address of the file that :func:`states_file` writes; without one the states are part of the
    figure. ``page`` is the address of the explorable's page of its own, empty on that page; without one the figure
    cannot be embedded elsewhere. Every id begins with ``xp-`` and the explorable's name.
    """
    if bundle["kind"] == "still":
        return f'<figure class="still">{svg(bundle, bundle["svg"])}</figure>'
    name = f"xp-{bundle['name']}"
    slots = "".join(f"<g data-slot>{fragment}</g>" for fragment in bundle["frame"])
    controls = "".join(control_html(name, control) for control in bundle["controls"])
    presets = "".join(
        f'<button type="button" data-preset="{" ".join(map(str, places))}">{escape(text)}</button>'
        for text, places in bundle["presets"]
    )
    hint = '<p class="hint">Drag the dashed ring, or use the sliders.</p>' if bundle["drag"] else ""
    width, height = bundle["size"]
    address = f' data-states="{escape(states)}"' if states else ""
    embed = ""
    if page is not None:
        address += f' data-page="{escape(page)}"'
        embed = '<button type="button" data-copy="embed">Copy embed code</button>'
    packed = "" if states else f'<script type="text/plain" class="payload">{bundle["states"]}</script>'
    return (
        f'<figure class="explorable" id="{name}" data-name="{bundle["name"]}" data-hash="{bundle["hash"]}"{address} '
        f'role="group" aria-labelledby="{name}-title" aria-live="off" style="--xp-tall:{height / width:.3g}">'
        f'<div class="head"><p class="title" id="{name}-title">{escape(bundle["title"])}</p>'
        f'<span class="copy" hidden><button type="button" data-copy="link">Copy link</button>{embed}</span></div>'
        f"{ask_html(name, bundle['ask']) if bundle['ask'] else ''}"
        f'<div class="seen">{svg(bundle, bundle["svg"] + slots + bundle["drag"])}'
        f'<p class="caption" data-longest="{escape(bundle["longest"])}">'
        f'<span class="says" id="{name}-says">{escape(bundle["says"])}</span></p>'
        f'<p class="told-once" role="status"></p></div>'
        f'<fieldset class="controls" disabled><legend>Controls</legend>{hint}{controls}'
        f'<div class="buttons"><button type="button" data-reset>Reset</button>{presets}</div></fieldset>'
        f'<p class="note" hidden>{TOO_OLD}</p><noscript><p class="note">{NO_SCRIPT}</p></noscript>{packed}</figure>'
    )


def card(bundle: Bundle, page: str, source: tuple[str, str]) -> str:
    """A still picture of an explorable, which leads to its ``page``, its question, and where it is explained.

    ``source`` is the address and the title of the page that explains it. The picture is too small to be read: to a
    screen reader the title stands for it.
    """
    picture = svg(bundle, bundle["svg"] + "".join(bundle["frame"]), 'aria-hidden="true"')
    question = f"<p>{escape(bundle['ask']['question'])}</p>" if bundle["ask"] else ""
    address, title = map(escape, source)
    return (
        f'<a class="whole" href="{escape(page)}">{picture}<b>{escape(bundle["title"])}</b></a>{question}'
        f'<a class="source" href="{address}">{title}</a>'
    )


def states_file(bundle: Bundle) -> tuple[str, str]:
    """The name and the text of the script that brings the states of an explorable, from a disk as from a host."""
    text = f'(window.explorables ??= {{}})["{bundle["hash"]}"] = "{bundle["states"]}";\n'
    return f"{bundle['name']}-{bundle['hash']}.js", text


def scripts(bundle: Bundle) -> list[str]:
    """The names of the scripts that this bundle needs."""
    if bundle["kind"] == "still":
        return []
    return (
        ["states.js", "explorable.js", "play.js"]
        + ["ask.js"] * bool(bundle["ask"])
        + ["drag.js"] * bool(bundle["drag"])
    )


def control_html(name: str, control: Bundle) -> str:
    """One control, disabled by its fieldset until the script is ready."""
    of, label, texts, start = control["name"], escape(control["label"]), control["texts"], control["start"]
    if control["kind"] == "slider":
        return (
            f'<label class="slider"><span>{label}</span><input type="range" min="0" max="{len(texts) - 1}" '
            f'value="{start}" data-control="{of}" aria-valuetext="{escape(texts[start])}">'
            f'<span class="value" aria-hidden="true">{escape(texts[start])}</span></label>'
        )
    options = "".join(
        f'<label><input type="radio" name="{name}-{of}" value="{k}" data-control="{of}"'
        f'{" checked" if k == start else ""} aria-describedby="{name}-says"><span>{escape(text)}</span></label>'
        for k, text in enumerate(texts)
    )
    return f'<div class="choice" role="radiogroup" aria-label="{label}"><span>{label}</span>{options}</div>'


def ask_html(name: str, ask: Bundle) -> str:
    """The prediction: choices, one to commit to; the answer is folded, and with the script waits for that."""
    choices = "".join(
        f'<label><input type="radio" name="{name}-ask" value="{k}"><span>{escape(choice)}</span></label>'
        for k, choice in enumerate(ask["choices"])
    )
    slips = "".join(
        f'<p data-slip="{k}"><b>{escape(choice)}</b> {escape(slip)}</p>' for k, choice, slip in ask["slips"]
    )
    right = f"{ask['right']} {ask['because']}"
    verdicts = [f"Not quite. {choice} {slip}\nRather: {right}" for _, choice, slip in ask["slips"]]
    longest = max(verdicts, key=len, default=f"Not quite.\nRather: {right}")
    # The browser puts the hidden box back after a reload, as it does the choice.
    return (
        f'<div class="ask" data-answer="{ask["answer"]}"><p class="question" id="{name}-question">'
        f"<b>Predict.</b> {escape(ask['question'])}</p>"
        f'<div class="stage" data-longest="{escape(longest)}">'
        f'<div class="told" role="status"></div>'
        f'<div class="tiles" role="radiogroup" aria-labelledby="{name}-question">{choices}</div></div>'
        f'<p class="commit"><input type="checkbox" aria-label="Committed" hidden>'
        f'<button type="button" disabled>Commit</button></p>'
        f"<details><summary>Answer</summary>{slips}"
        f'<p class="right"><b>{escape(ask["right"])}</b> {escape(ask["because"])}</p></details></div>'
    )


def svg(bundle: Bundle, content: str, role: str = "") -> str:
    """The ``<svg>`` of a bundle, whose user unit is a point: an image with its alt text, or what ``role`` says."""
    width, height = bundle["size"]
    box = f"0 0 {width:g} {height:g}"
    role = role or f'role="img" aria-label="{escape(bundle["alt"])}"'
    return f'<svg class="xp" {role} viewBox="{box}">{content}</svg>'
