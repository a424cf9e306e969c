# The commands of the project; `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.DELETE_ON_ERROR:

PYTHON ?= python3
SCALE ?= 5000
SECONDS_OF_FUZZING ?= 600
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PYTHONHASHSEED := 0
# Modules are compiled once, not at every start, whatever a machine's settings say.
unexport PYTHONDONTWRITEBYTECODE
# What the atelier runs in the browser, unless the site does without.
ENGINE := $(shell grep -Eqs '^ *atelier: *false' mkdocs.yml || echo .cache/engine-packed)
PROGRAM_SOURCES := $(shell find meedoenkaart \( -path '*/theme' -o -path '*/base' -o -path '*/translations' \) -prune -o \( -name '*.py' -o -name '*.yml' -o -name '*.tsv' -o -name '*.json' \) -print 2>/dev/null)
THEME_SOURCES := $(shell find meedoenkaart/theme -name '*.ts' -o -name '*.css' -o -name '*.mjs' 2>/dev/null)

.PHONY: help site test check serve wheel bench fuzz format lock clean

help: ## List the commands
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

site: .cache/site-tools .cache/theme/manifest.json $(ENGINE) ## Install what is needed and build site/
	@$(BIN)/meedoenkaart build

test: .cache/test-tools .cache/theme/manifest.json .cache/engine-packed ## Lint, type-check and run all tests, in a real browser too
	@tools/require chromium >/dev/null
	@tools/require java >/dev/null
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	npm run --silent check
	$(BIN)/pytest --numprocesses 3 --dist worksteal --durations 10

check: .cache/site-tools ## Check the catalogue's files
	@$(BIN)/meedoenkaart check

serve: .cache/site-tools .cache/theme/manifest.json $(ENGINE) ## Preview on http://127.0.0.1:8000, reloading on every change
	@$(BIN)/meedoenkaart serve

wheel: .cache/site-tools .cache/theme/manifest.json .cache/engine-packed ## Pack all that a region needs to build its site, into dist/
	@rm -rf dist
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist .
	@ls -sh dist

bench: .cache/test-tools .cache/bench-tools .cache/theme/manifest.json .cache/engine-packed ## Measure against MkDocs + Material and Hugo (SCALE=5000)
	@$(BIN)/python -m bench $(SCALE)

fuzz: .cache/test-tools .cache/fuzz-tools .cache/theme/manifest.json .cache/engine-packed ## Look for files that break the reader, changes that break a build, routes that a browser draws otherwise (SECONDS_OF_FUZZING=600)
	@$(BIN)/python -m tests.fuzz $(SECONDS_OF_FUZZING)
	@CHANGES=200 $(BIN)/pytest --quiet tests/site/test_incremental.py
	@ROUTES=200 $(BIN)/pytest --quiet tests/browser/test_engine.py
	@KILLS=100 $(BIN)/pytest --quiet tests/site/test_last_good_site.py -k killed
	@EXAMPLES=300 SCHEDULES=2000 $(BIN)/pytest --quiet tests/infographic/test_every_route.py tests/infographic/test_lines.py tests/finder/test_days.py

format: .cache/test-tools ## Lay out the code and the catalogue's files
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .
	$(BIN)/meedoenkaart format

lock: .cache/test-tools ## Lock the newest versions that pyproject.toml and package.json allow
	$(BIN)/python -m tools.lock
	npm update --silent --no-audit --no-fund

clean: ## Throw away everything that can be made again
	rm -rf .venv .cache dist site node_modules

# Installed once per lock file: pip checks every hash.
.venv/bin/python:
	@$(PYTHON) -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer with venv is needed: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv

PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps

.cache/site-tools: requirements/site.txt pyproject.toml package-lock.json | .venv/bin/python
	@echo "Installing (once) …"
	@$(PIP) -r requirements/site.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@tools/link-node
	@npm ci --ignore-scripts --silent --no-audit --no-fund
	@mkdir -p .cache && touch $@

.cache/test-tools: .cache/site-tools requirements/test.txt
	@$(PIP) -r requirements/test.txt
	@touch $@

.cache/bench-tools: .cache/test-tools requirements/bench.txt
	@$(PIP) -r requirements/bench.txt
	@touch $@

.cache/fuzz-tools: .cache/test-tools requirements/fuzz.txt
	@$(PIP) -r requirements/fuzz.txt
	@touch $@

.cache/theme/manifest.json: .cache/site-tools $(THEME_SOURCES)
	@npm run --silent build

# Packages built for the browser's Python, which goes with one version of Pyodide.
.cache/wheels/.fetched: requirements/browser.txt package-lock.json tools/browser_wheels.py | .cache/site-tools
	@$(BIN)/python -m tools.browser_wheels
	@touch $@

.cache/engine-packed: .cache/wheels/.fetched tools/pack_engine.mjs tools/pack_engine.py $(PROGRAM_SOURCES)
	@node tools/pack_engine.mjs
	@touch $@
