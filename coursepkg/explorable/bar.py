"""A progress bar for loops that a reader waits for."""

from collections.abc import Iterator, Sequence

from .show import static


def progress(steps: Sequence) -> Iterator:
    """Yield ``steps`` one by one, and show a bar that fills meanwhile.

    A loop that ends early leaves the bar where it stopped. While a page is built nothing is shown: no reader waits
    there.
    """
    if static():
        yield from steps
        return
    import ipywidgets as widgets
    from IPython.display import display

    bar = widgets.IntProgress(value=0, max=len(steps), layout=widgets.Layout(width="100%", max_width="40em"))
    display(bar)
    every = max(1, len(steps) // 100)  # a message a percent: more would cost more than many a step
    for done, step in enumerate(steps):
        if done % every == 0:
            bar.value = done
        yield step
    bar.value = len(steps)
