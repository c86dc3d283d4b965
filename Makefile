# Kawal's commands. Each does its own set-up: a virtual environment in .venv with the pinned requirements.
# Without make: see "Without make" in README.md for the plain commands behind these targets.

PYTHON ?= python3
PORT ?= 8080
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.installed
DEV := $(VENV)/.installed-dev

.PHONY: help demo run test bench check clean

help: ## show these lines
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(RUN) ## try everything on this machine: no token, no server, no internet after installing (PORT=8080)
	$(BIN)/python bot.py demo --port $(PORT)

run: $(RUN) ## run the bot with the token of config.toml (first: .venv/bin/python bot.py setup)
	$(BIN)/python bot.py run

test: $(DEV) ## format, lint, types and every test, on SQLite and PostgreSQL, with a real browser
	PYTHON=$(BIN)/python sh tests/run.sh

bench: $(DEV) ## measure; the method is in benchmarks/README.md
	$(BIN)/python -m benchmarks

check: $(RUN) ## is the configuration, database and token in order?
	$(BIN)/python bot.py check

clean: ## remove the virtual environment, caches and the demo's data
	rm -rf $(VENV) data/demo .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("Kawal needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 …") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(RUN): requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(DEV): requirements.txt requirements-dev.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ $(RUN)
