# goaltree: `make demo` to chat with it here and now, `make test` for everything that must hold.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.NOTPARALLEL:

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq
INSTALL := $(PIP) install --root-user-action=ignore --no-deps
UV := uv==0.13.9
COMPILE := .venv/lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
    --no-header --no-annotate --no-emit-index-url pyproject.toml --extra build

# A virtual environment that was moved, or whose Python is gone, is made anew.
ifneq ($(shell [ "$$(cat .venv/.home 2>/dev/null)" = "$(CURDIR)" ] && $(BIN)/python -c '' 2>/dev/null && echo sound),sound)
$(shell rm -f .venv/.home)
endif

.PHONY: help
help: ## this list
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' Makefile

.PHONY: demo
demo: .venv/.runtime ## chat with the bot in this terminal, without a token
	@exec $(BIN)/goaltree chat

.PHONY: test
test: check browser ## linters, types, architecture and all tests
	@$(BIN)/pytest -n 3 --dist worksteal

# The Mini App is tested in a browser: the system's, or one that is installed here (as root on Debian), or Playwright's own.
# The one without windows comes first: it takes half the processor time.
BROWSERS := chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable chrome

.PHONY: browser
browser: .venv/.dev
	@for name in $${GOALTREE_BROWSER:-} $(BROWSERS); do ! command -v "$$name" >/dev/null || exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    export DEBIAN_FRONTEND=noninteractive; apt-get update -qq >&2 && \
	    for package in chromium-headless-shell chromium; do ! apt-get install -y -qq $$package >/dev/null || exit 0; done; \
	fi; \
	$(BIN)/python -m playwright install --only-shell chromium >&2 || \
	{ echo 'The tests of the Mini App need a browser. On Debian: apt install chromium-headless-shell; elsewhere: install Chrome.' >&2; exit 1; }

.PHONY: fuzz
fuzz: .venv/.dev ## hostile input and the laws on random plans, new ones each time, for MINUTES=10
	@end=$$(( $$(date +%s) + 60 * $(or $(MINUTES),10) )); \
	while [ $$(date +%s) -lt $$end ]; do GOALTREE_TEST_EXAMPLES=$(or $(TIMES),4) $(BIN)/pytest -n 2 --dist worksteal --timeout 0 tests/fuzz tests/laws; done

.PHONY: check
check: .venv/.dev ## linters, types and architecture only
	@said() { local words status=0; words=$$("$$@" 2>&1) || status=$$?; printf '%s\n' "$$words"; return $$status; }; \
	checks=(); failed=0; \
	for check in 'mypy' 'lint-imports --no-logo' 'ruff check' 'ruff format --check'; do \
	    said $(BIN)/$$check & checks+=($$!); \
	done; \
	for check in "$${checks[@]}"; do wait "$$check" || failed=1; done; \
	exit $$failed

.PHONY: fmt
fmt: .venv/.dev ## format the code and mend what can be mended
	@$(BIN)/ruff check --fix --exit-zero
	@$(BIN)/ruff format

.PHONY: bench
bench: .venv/.dev ## the side-by-side measurements
	@$(BIN)/python -m benchmarks

.PHONY: screenshots
screenshots: browser ## pictures of the running Mini App, for README and docs
	@$(BIN)/python -m tests.web.app.screenshots

.PHONY: venv
venv: .venv/.dev ## the development environment in .venv

.PHONY: lock
lock: .venv/.home ## resolve the newest allowed versions into the lock files
	@$(BIN)/python -m venv .venv/lock
	@.venv/lock/bin/python -m pip --disable-pip-version-check --no-input -qq install --root-user-action=ignore $(UV)
	@$(COMPILE) --output-file requirements.lock
	@$(COMPILE) --extra dev --group second-client --constraint requirements.lock --output-file requirements-dev.lock

.PHONY: messages
messages: .venv/.dev ## collect all sentences for translators (after a change of wording)
	@$(BIN)/pybabel -q extract -F language/locales/babel.cfg -k t -k n:1,2 -k mark -k several:1,2 \
	    -k MenuLine:2 -k HelpLine:2 --no-location --omit-header \
	    -o language/locales/goaltree.pot bot language web

.PHONY: clean
clean: ## remove caches and build results (the environment stays: rm -r .venv)
	@rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -path ./.venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

CANDIDATES := $(or $(PYTHON),python3.13 python3.12 python3.11 python3)

.venv/.home:
	@echo 'Setting up (once) …' >&2
	@for python in $(CANDIDATES); do \
	    "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	    "$$python" -m venv --clear .venv >&2 && pwd > $@ && exit; \
	    echo "$$python cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; \
	done; \
	echo 'goaltree needs Python 3.11 or newer; looked for: $(CANDIDATES). Name one: make demo PYTHON=/path/to/python' >&2; exit 1

# The lock files are complete, hence --no-deps: nothing that they do not name is ever installed.
.venv/.runtime: .venv/.home requirements.lock pyproject.toml
	@$(INSTALL) --require-hashes -r requirements.lock >&2
	@$(INSTALL) --no-build-isolation -e . >&2
	@touch $@

.venv/.dev: .venv/.runtime requirements-dev.lock
	@$(INSTALL) --require-hashes -r requirements-dev.lock >&2
	@touch $@
