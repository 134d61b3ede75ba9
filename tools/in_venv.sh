#!/bin/sh
# Run a program of .venv, whose folder is bin, or Scripts on Windows.
PATH=".venv/bin:.venv/Scripts:$PATH" exec "$@"
