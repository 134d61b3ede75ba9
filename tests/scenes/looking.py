"""What a scene shows at a state."""


def look(writer, **state):
    """The scene at ``state``: its figure, and the state in words."""
    return writer.drawing.fig, writer.drawing.at(writer.scene.default | state).says
