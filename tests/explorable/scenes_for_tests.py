"""Small scenes: one that keeps its contract, and some that each break one clause of it."""

import matplotlib.patches as patches

from coursepkg.explorable import Ask, Choice, Frame, Points, Slider, explorable

COMMON = {"alt": "A line through the origin.", "title": "Slope"}


def axes(fig):
    return fig.add_subplot(xlim=(-1, 1), ylim=(-1, 1))


@explorable(
    **COMMON,
    ask=Ask("Is it < 1?", ("Yes", "No & never"), answer=0, because="It is.", wrong=("Try 0.",)),
    presets={"steep": {"a": 2}},
    a=Slider(-2, 2, 0.5, "slope a", value=0.5),
    kind=Choice("plain", "dotted", label="kind"),
)
def slope(fig):
    ax = axes(fig)
    (line,) = ax.plot([], [])
    text = ax.text(-0.9, 0.8, "")
    patch = ax.add_patch(patches.Rectangle((0, 0), 0.2, 0.2))

    def update(a, kind):
        line.set_data([-1, 1], [-a, a])
        line.set_linestyle(":" if kind == "dotted" else "-")
        text.set_text(f"a = {a}")
        patch.set_height(abs(a) / 4)
        return Frame([line, text, patch], says=f"The slope is {a}.")

    return update


def broken(name):
    """Decorate a scene that breaks its contract, under a name of its own."""

    def wrap(draw):
        draw.__name__ = name
        return explorable(**COMMON, a=Slider(0, 4, 1))(draw)

    return wrap


@broken("raises")
def raises(fig):
    (line,) = axes(fig).plot([], [])

    def update(a):
        line.set_data([0, 1], [0, 1 // (3 - a)])
        return Frame([line], says="fine")

    return update


@broken("diverges")
def diverges(fig):
    (line,) = axes(fig).plot([], [])

    def update(a):
        line.set_data([0, 1], [0, float("inf") if a == 2 else a])
        return Frame([line], says="fine")

    return update


@broken("says_nan")
def says_nan(fig):
    (line,) = axes(fig).plot([], [])

    def update(a):
        line.set_data([0, 1], [0, a])
        return Frame([line], says=f"loss {float('nan') if a == 3 else a}")

    return update


@broken("forgets")
def forgets(fig):
    ax = axes(fig)
    (line,) = ax.plot([], [])
    (other,) = ax.plot([0, 1], [0, 0], label="the forgotten line")

    def update(a):
        line.set_data([0, 1], [0, a])
        other.set_ydata([a / 8, 0])
        return Frame([line], says="fine")

    return update


@broken("remembers")
def remembers(fig):
    (line,) = axes(fig).plot([], [])
    seen = []

    def update(a):
        seen.append(a)
        line.set_data([0, 1], [0, sum(seen) % 7 / 7])
        return Frame([line], says="fine")

    return update


@broken("changes")
def changes(fig):
    ax = axes(fig)
    (line,) = ax.plot([], [])
    (other,) = ax.plot([], [])

    def update(a):
        return Frame([line, other] if a > 2 else [line], says="fine")

    return update


@broken("mismatched")
def mismatched(fig):
    (line,) = axes(fig).plot([], [])
    return lambda b: Frame([line], says="fine")


@broken("unframed")
def unframed(fig):
    (line,) = axes(fig).plot([], [])
    return lambda a: [line]


@explorable(
    **COMMON | {"title": "Point"},
    drag=("x0", "y0"),
    x0=Slider(-1, 1, 0.25, "start x₀", value=0),
    y0=Choice(0.01, 0.1, 1, 10, label="start y₀"),
)
def point(fig):
    ax = fig.add_subplot(xlim=(-2, 2), ylim=(0.001, 100), yscale="log")
    (mark,) = ax.plot([], [], "o")

    def update(x0, y0):
        mark.set_data([x0], [y0])
        return Frame([mark], says=f"The point is at ({x0}, {y0}).")

    return update


@explorable(**COMMON | {"title": "Edge"}, drag=("x0",), x0=Slider(-1, 1, 0.5, "start x₀", value=0))
def edge(fig):
    (mark,) = axes(fig).plot([], [], "o")

    def update(x0):
        mark.set_data([x0], [0.5])
        return Frame([mark], says=f"The point is at {x0}.")

    return update


@explorable(**COMMON, drag=("x0",), x0=Slider(-1, 2, 0.5))
def outside(fig):
    (mark,) = axes(fig).plot([], [])

    def update(x0):
        mark.set_data([x0], [0])
        return Frame([mark], says="fine")

    return update


CLOUD = Points(
    {"two": [(0, 0, 0), (0.5, 0.25, 1)], "one": [(-1, 1, 1)]},
    x=(-1, 1),
    y=(-0.5, 1),
    labels=("no", "yes"),
    most=4,
    label="set",
)


@explorable(**COMMON | {"title": "Cloud"}, data=CLOUD, far=Slider(0, 9, 1, whole=True))
def cloud(fig):
    """Points, and a walk to ``far`` that takes one step a frame where they are the reader's own."""
    (mark,) = axes(fig).plot([], [], "o")
    walked = {}

    def update(data, far):
        mark.set_data([p.x for p in data], [p.y for p in data])
        walked[data] = far if data in CLOUD.sets else min(far, walked.get(data, 0) + 1)
        way = f"{walked[data]} of {far} steps"
        return Frame([mark], says=f"{len(data)} points, {way}.", more=walked[data] < far)

    return update


@explorable(**COMMON | {"title": "Beyond"}, data=Points({"a": [], "b": []}, x=(-1, 1.5), y=(0, 1)))
def beyond(fig):
    (mark,) = axes(fig).plot([], [])
    return lambda data: Frame([mark], says="fine")


@explorable(**COMMON | {"title": "Bent"}, data=Points({"a": [], "b": []}, x=(1, 2), y=(1, 2)))
def bent(fig):
    (mark,) = fig.add_subplot(xlim=(1, 2), ylim=(1, 2), xscale="log").plot([], [])
    return lambda data: Frame([mark], says="fine")
