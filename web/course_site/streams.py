"""Streams: what a cell printed is one text, however its kernel sent it."""

from myst_nb.core import render, utils
from nbformat import NotebookNode


def whole(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """The outputs with all that was printed in one, and all that went to the error stream in another.

    A kernel that is kept waiting sends what was printed so far, in the middle of a line too; MyST-NB, which orders the
    streams, would end the line there.
    """
    joined: list[NotebookNode] = []
    streams: dict[str, NotebookNode] = {}
    for output in outputs:
        if output["output_type"] != "stream":
            joined.append(output)
        elif output["name"] in streams:
            streams[output["name"]]["text"] += output["text"]
        else:
            joined.append(streams.setdefault(output["name"], NotebookNode(output)))
    return utils.coalesce_streams(joined)


def keep_whole() -> None:
    """Let MyST-NB, whose setting `nb_merge_streams` merges them, take them whole."""
    render.coalesce_streams = whole
