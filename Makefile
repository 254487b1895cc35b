# make serve and make test need Python 3.11 or later and nothing else; both make their own .venv.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
# The thesis, where it is at hand. It is not ours to publish and never part of the repository.
KG_SOURCE ?= $(wildcard ../shared/source/thesis.txt)
export KG_SOURCE

BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help serve build check test bench clean
.DEFAULT_GOAL := help

help: ## Show this list.
	@echo "make TARGET, with Python 3.11 or later as PYTHON (now: $(PYTHON))"
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## */  \1\t/' | expand -t 12

serve: .venv/run.stamp ## Serve the graph as a SPARQL endpoint with pages (HOST, PORT).
	$(BIN)/kg serve --host $(HOST) --port $(PORT)

build: .venv/run.stamp ## Make data/six-party-kg.trig from the thesis (KG_SOURCE).
	@test -n "$(KG_SOURCE)" || { echo "Error: the thesis is not at hand. Set KG_SOURCE to its file." >&2; exit 2; }
	$(BIN)/kg build --source "$(KG_SOURCE)"

check: .venv/dev.stamp ## Check style, types, saved queries, the released graph, and its evidence where KG_SOURCE is at hand.
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/kg report lint
	$(BIN)/kg validate
	@if [ -n "$(KG_SOURCE)" ]; then set -ex; \
		$(BIN)/kg verify --source "$(KG_SOURCE)"; \
		$(BIN)/kg leaks --source "$(KG_SOURCE)"; \
		$(BIN)/kg leaks --source "$(KG_SOURCE)" .; \
	else echo "The thesis is not at hand (KG_SOURCE): evidence and leaks were NOT checked."; fi

test: .venv/dev.stamp ## Run the tests (those on the thesis are skipped where it is not at hand).
	$(BIN)/python -m pytest

bench: .venv/dev.stamp ## Run the measurements of bench/.
	@set -e; found=; for file in bench/bench_*.py; do \
		test -f "$$file" || continue; found=1; echo "== $$file"; $(BIN)/python "$$file"; \
	done; test -n "$$found" || { echo "Error: bench/ holds no measurement." >&2; exit 2; }

clean: ## Remove what was made, .venv too; the released graph stays.
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
	find kg tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Error: $(PYTHON) is not Python 3.11 or later. Install one, and name it: make PYTHON=python3.12 …" >&2; exit 2; }
	@$(PYTHON) -m venv .venv || { \
		echo "Error: $(PYTHON) cannot make a virtual environment. On Debian: apt install python3-venv." >&2; rm -rf .venv; exit 2; }

# Every package is checked against the hashes of the lock; then kg itself, from this checkout.
.venv/run.stamp: requirements.lock pyproject.toml | .venv/bin/python
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: requirements-dev.lock pyproject.toml | .venv/bin/python
	$(PIP) --require-hashes -r requirements-dev.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@
