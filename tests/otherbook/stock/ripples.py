"""A scene of another book."""

import math

from coursepkg.explorable import Ask, Frame, Slider, explorable

COUNT = 60


@explorable(
    k=Slider(1, 5, 1, label="waves k"),
    title="Wave",
    alt="A sine curve from 0 to 1.",
    ask=Ask("What does k count?", ("Waves", "Crests above 1"), answer=0, because="The sine has k periods."),
    presets={"three": {"k": 3}},
)
def wave(fig):
    ax = fig.add_subplot(xlim=(0, 1), ylim=(-1.1, 1.1), xlabel="place x", ylabel="height")
    ax.axhline(0, color="0.5")
    (line,) = ax.plot([], [])

    def update(k):
        places = [i / COUNT for i in range(COUNT + 1)]
        line.set_data(places, [math.sin(2 * math.pi * k * x) for x in places])
        return Frame([line], says=f"Between 0 and 1 there are {k:g} waves.")

    return update
