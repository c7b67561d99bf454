# Two commands do everything: `make run` and `make test`. `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

PYTHON ?= python3
PORT ?= 8000
ARGS ?=
VENV := .venv
PY := $(VENV)/bin/python
DJANGO := $(PY) manage.py
TEST_SETTINGS := DJANGO_SETTINGS_MODULE=district.settings.test
export PORT
# The second source root, for import-linter and `python -m`; manage.py and pytest know it themselves.
export PYTHONPATH := site

.PHONY: help
help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s%s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "  make run PORT=8001        another port"
	@echo "  make test ARGS='-k gate'  anything pytest understands"
	@echo "  make … PYTHON=python3.12  another Python (3.11 or newer) for a new $(VENV)"

# ── Running ──────────────────────────────────────────────────────────────────────────────────

.PHONY: run
run: $(VENV)/.runtime ## Serve the demo district on http://127.0.0.1:8000/ (PORT=… for another)
	@exec $(DJANGO) serve

.PHONY: dev
dev: $(VENV)/.dev ## The same for developing: reloads what changes, DEBUG, accounts at the login
	@DJANGO_SETTINGS_MODULE=district.settings.dev exec $(DJANGO) develop

.PHONY: install
install: $(VENV)/.runtime $(VENV)/.dev ## Make or refresh the virtual environment, with the tools

.PHONY: hooks
hooks: ## Have git ask for lint and layers before each commit
	git config core.hooksPath .githooks

# ── Proving ──────────────────────────────────────────────────────────────────────────────────

.PHONY: test
test: $(VENV)/.dev ## All tests, on SQLite and on PostgreSQL
	@exec $(PY) -m tests.run $(ARGS)

.PHONY: soak
soak: $(VENV)/.dev ## The long proofs
	@exec $(PY) -m tests.run --soak $(ARGS)

.PHONY: bench
bench: $(VENV)/.dev ## The queue with 5,000 items and the search among 100,000 pages, on both databases
	@$(PY) -m tests.bench.queue $(ARGS)
	@exec $(PY) -m tests.bench.search $(ARGS)

.PHONY: check
check: $(VENV)/.dev ## Everything a change must pass; contains `make test`
	@# One processor asks for types, by far the longest of these, while the other does the rest.
	@$(MAKE) --no-print-directory types & types=$$!; \
	  $(MAKE) --no-print-directory lint layers migrations && wait $$types || \
	  { status=$$?; kill $$types 2>/dev/null || true; wait; exit $$status; }
	@$(MAKE) --no-print-directory test

.PHONY: lint
lint: $(VENV)/.dev ## Lint and format, Python and templates; changes nothing
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m djlint --lint --check .

.PHONY: types
types: $(VENV)/.dev ## The types of every package
	$(PY) -m mypy

.PHONY: layers
layers: $(VENV)/.dev ## Who may import whom
	$(PY) -c 'from importlinter.cli import lint_imports_command as main; main()' --no-cache

.PHONY: migrations
migrations: $(VENV)/.dev ## Django's system checks, and no migration is missing
	$(TEST_SETTINGS) $(DJANGO) check
	$(TEST_SETTINGS) $(DJANGO) makemigrations --check --dry-run

.PHONY: audit
audit: $(VENV)/.dev ## Known weaknesses of the pinned packages (asks the network)
	$(PY) -m pip_audit --require-hashes --disable-pip -r requirements.txt

# ── Changing ─────────────────────────────────────────────────────────────────────────────────

.PHONY: format
format: $(VENV)/.dev ## Format Python and templates, mend what can be mended
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	$(PY) -m djlint --quiet --reformat . || true

.PHONY: messages
messages: $(VENV)/.dev ## Collect the strings into site/locale, compile both catalogues
	$(PY) -m tests.catalogues

.PHONY: release
release: $(VENV)/.dev ## Archive a database of this version, for the upgrade test of later ones
	$(PY) -m tests.releases make $(ARGS)

.PHONY: models
models: $(VENV)/.runtime ## Draw the models in docs/models.md anew
	$(TEST_SETTINGS) $(DJANGO) model_diagram

.PHONY: papercut
papercut: $(VENV)/.dev ## Draw the pictures of the demo anew
	@exec $(PY) -m tools.papercut

.PHONY: pins
pins: ## Pin the packages of requirements*.in anew (needs uv; PIN=--upgrade)
	@command -v uv >/dev/null || { echo "uv is missing: https://docs.astral.sh/uv/"; exit 1; }
	for name in requirements requirements-dev; do \
	  uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url \
	    --no-emit-find-links --no-strip-extras --python-version 3.11 $(PIN) $$name.in -o $$name.txt; done

.PHONY: clean
clean: ## Remove the virtual environment; var/ with its database stays
	rm -rf $(VENV)

# ── The virtual environment ──────────────────────────────────────────────────────────────────
# The stamps are touched last: what was interrupted is done again.

$(VENV)/.made:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "Python is missing: sudo apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed, $(PYTHON) is $$($(PYTHON) -V 2>&1);" \
	    "name another one: make PYTHON=python3.11 …"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python's venv module is missing: sudo apt install python3-venv"; exit 1; }
	@if ! $(PY) -m pip --version >/dev/null 2>&1; then \
	  echo "Making the virtual environment $(VENV) …"; \
	  $(PYTHON) -m venv --clear $(VENV); fi
	@touch $@

# pip names each package as it comes to it: that is the progress shown.
define install
	@total=$$(grep -c '==' $<); start=$$SECONDS; \
	echo "Installing the $$total packages of $< …"; \
	$(PY) -m pip install --disable-pip-version-check --no-input --progress-bar off \
	    --require-hashes -r $< \
	  | { done=0; while read -r word name rest; do case "$$word" in \
	      Collecting) echo "  [$$((++done))/$$total] $${name%%[=[]*}";; \
	      Requirement) ((++done));; \
	      Installing) echo "  unpacking …";; esac; done; }; \
	echo "  done in $$((SECONDS - start)) s"
	@touch $@
endef

$(VENV)/.runtime: requirements.txt $(VENV)/.made
	$(install)

$(VENV)/.dev: requirements-dev.txt $(VENV)/.made
	$(install)
