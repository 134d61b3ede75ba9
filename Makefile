# Every target first installs what it needs into .venv from requirements.lock, checked by its hashes,
# and does not do so again until the lock or pyproject.toml changes.

SUITABLE = import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c '$(SUITABLE)' 2>/dev/null && echo $$p && break; done)
BIN = .venv/bin
PORT ?= 8000
TORCH ?= torch==2.13.0
COMPILE = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links

# The instructor's edition has a folder of its own, so that no solution is left in the public one.
OUTPUT = $(if $(EDITION),_build/$(EDITION)/)

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*##  */make \1:	/p' Makefile | expand -t 18

# A failed build leaves no doctrees: Sphinx would not read the unchanged pages again, nor repeat their warnings.
# A good one from nothing leaves the fingerprint of what it was made from: the tests then take the site as it is.
book: .venv/installed  ## build the site in _build/html (EDITION=instructor: in _build/instructor, with solutions; RUNTIME=: without Python in the pages)
	@rm -f $(OUTPUT)_build/fingerprint
	@from=$$(test -e $(OUTPUT)_build/html || $(BIN)/python tools/fingerprint.py); \
	{ $(BIN)/jupyter-book build . -W --keep-going -n$(if $(OUTPUT), --path-output $(OUTPUT:/=)) || \
		{ rm -rf $(OUTPUT)_build/.doctrees; exit 1; }; } && \
	if [ "$$from" ]; then echo $$from > $(OUTPUT)_build/fingerprint; fi

pdf: .venv/installed  ## print the built site as one PDF, with answers at its end, and link to it (EDITION=)
	@$(BIN)/python tools/chromium.py
	@$(BIN)/python tools/pdf.py $(OUTPUT)_build/html

links: .venv/installed  ## ask for each address outside of the built site, and name those that are gone
	@$(BIN)/python tools/links.py $(OUTPUT)_build/html

serve: book  ## build the site and serve it on this machine (PORT=8000)
	@$(BIN)/python -m http.server --bind 127.0.0.1 --directory $(OUTPUT)_build/html $(PORT)

# Not `jupyter lab book`: that would shut in the chapters, whose links lead to exercises/.
lab: .venv/installed  ## open the chapters in JupyterLab
	@$(BIN)/jupyter lab --LabApp.default_url=/lab/tree/book

test: .venv/installed  ## run every test, doctest and notebook
	@$(BIN)/python tools/chromium.py
	@$(BIN)/python tools/firefox.py
	@$(BIN)/python tools/vnu.py
	@$(BIN)/pytest -n logical --dist loadfile

bench: .venv/installed  ## print the benchmarks (TORCH= leaves PyTorch out, FULL=1 takes every page, WRITE=1 renews the README)
	@$(if $(TORCH),$(BIN)/python -c 'import torch' 2>/dev/null || $(BIN)/pip install --quiet '$(TORCH)' || true)
	@$(BIN)/python -c 'import torch' 2>/dev/null || echo 'PyTorch is not installed: its rows are left out.'
	@$(BIN)/python -m benchmarks $(if $(FULL),--full) $(if $(WRITE),--write)

exercises: .venv/installed  ## generate exercises/ from solutions/
	@$(BIN)/python tools/exercises.py

# Only what is given on the command line counts: URL and VERSION may stand in the environment for other reasons.
given = $(if $(findstring command,$(origin $(1))),$($(1)))
repository: .venv/installed  ## show or set the course's address and version (URL=https://… or none, VERSION=0.2.0)
	@$(BIN)/python tools/repository.py $(call given,URL) $(addprefix --version ,$(call given,VERSION))

lint: .venv/installed  ## check style, formats and stripped notebooks as pre-commit does
	@$(BIN)/pre-commit run --all-files --show-diff-on-failure

lock: .venv/installed  ## renew requirements.lock and binder's pins (UPGRADE=--upgrade: newest versions)
	@$(COMPILE) --extra test --generate-hashes $(UPGRADE) --output-file requirements.lock
	@$(COMPILE) --constraints requirements.lock --output-file binder/pins.txt

clean:  ## remove the site, the virtual environments and every cache
	@rm -rf .venv .venv-* _build build coursepkg.egg-info .pytest_cache .ruff_cache .mypy_cache .hypothesis

.venv/installed: .venv/bin/python requirements.lock pyproject.toml
	@echo 'Installing the course into .venv. This takes a few minutes, once.'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/bin/python:
	@$(or $(PYTHON),false) -c '$(SUITABLE)' 2>/dev/null || { \
		echo 'Python 3.11, 3.12 or 3.13 is needed: say where it is with PYTHON=/path/to/python3' >&2; exit 1; }
	@$(PYTHON) -m venv .venv

.DELETE_ON_ERROR:
.PHONY: help book pdf links serve lab test bench exercises repository lint lock clean
