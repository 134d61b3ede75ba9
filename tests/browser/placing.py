"""The points that a reader places on a live figure: where they are, and how hands and keys take hold of them."""

from coursepkg.explorable.points import Points

SHOWN = """figure => {
  const { controls, value } = figure.explorable
  return Object.fromEntries(controls.map(([name], c) => [name, value(c)]))
}"""


class Board:
    """The board of a figure in a frame of `tab`."""

    def __init__(self, tab, frame, scene) -> None:
        self.tab, self.frame = tab, frame
        tab.set_default_timeout(60_000)
        self.name, self.control = next((n, c) for n, c in scene.controls.items() if isinstance(c, Points))

    @property
    def state(self) -> dict:
        """The state at which the figure's controls stand."""
        return self.frame.locator("figure").evaluate(SHOWN)

    @property
    def points(self) -> list[tuple]:
        """The points that are shown."""
        return [tuple(point) for point in self.control.points(self.state[self.name])]

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where on the tab the point (x, y) of the figure lies."""
        ground = self.frame.locator(".board rect")
        ground.scroll_into_view_if_needed()
        box = ground.bounding_box()
        (left, right), (low, high) = self.control.x, self.control.y
        across, up = (x - left) / (right - left), (y - low) / (high - low)
        return box["x"] + across * box["width"], box["y"] + (1 - up) * box["height"]

    def choose(self, name: str) -> None:
        """Choose an option of this name: a set, or the class that is placed."""
        self.frame.get_by_role("radio", name=name, exact=True).check()

    def click(self, x: float, y: float) -> None:
        self.tab.mouse.click(*self.at(x, y))

    def drag(self, start, end) -> None:
        self.tab.mouse.move(*self.at(*start))
        self.tab.mouse.down()
        self.tab.mouse.move(*self.at(*end), steps=4)
        self.tab.mouse.up()

    def touch(self, *way) -> None:
        """A finger along `way`; at one place it taps."""
        client = self.tab.context.new_cdp_session(self.tab)
        for kind, place in zip(["touchStart", *["touchMove"] * (len(way) - 1)], way, strict=True):
            x, y = self.at(*place)
            client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        client.detach()

    def load(self, text: str) -> None:
        """Load a file with this text."""
        file = {"name": "mine.csv", "mimeType": "text/csv", "buffer": text.encode()}
        self.frame.locator(".own input[type=file]").set_input_files(file)

    def hears(self, words: str) -> None:
        """Wait until the live region says so."""
        self.frame.locator(".own [role=status]", has_text=words).wait_for()

    def says(self, words: str) -> None:
        """Wait until the figure's words are these."""
        self.frame.locator(".says", has_text=words).wait_for()
