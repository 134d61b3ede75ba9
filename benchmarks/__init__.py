"""The engine and sliders against others. Each part has a ``main(size)``, which prints a table and returns its rows."""

PARTS = ("engine", "squares", "live", "page", "slider", "run", "moves", "audit")
