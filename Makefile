.DEFAULT_GOAL := help
.PHONY: help install services browser run test test-long clients clients-table check format train evaluate goals pictures constraints clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CORPORA ?= ../shared/corpora
OUT ?= instance/candidate
REPORT ?= $(OUT)
# What may run in two processes at once; commands that are killed, servers and browsers
# have the machine alone.
SIDE_BY_SIDE := tests/unit tests/meta labels model training serve
# pip reads both; the second pins what builds the package as well.
PIP_INSTALL := PIP_CONSTRAINT=constraints.txt PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/pip install --quiet

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Gavel needs Python 3.11 or newer; name one, as in: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { rm -rf $(VENV); echo "$(PYTHON) has no venv module; on Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/installed: $(BIN)/python pyproject.toml constraints.txt
	@echo "Installing Gavel into $(VENV) (a minute or two, the first time) …"
	@$(PIP_INSTALL) --editable '.[training]'
	@echo "Compiling the scorer (a minute, once) …"
	@$(BIN)/python -m model.kernel.warming
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@$(PIP_INSTALL) --editable '.[training,dev]'
	@touch $@

install: $(VENV)/installed ## Install Gavel into .venv

run: $(VENV)/installed ## Start the service with the bundled model on 127.0.0.1:8000
	@exec $(BIN)/gavel serve

services: ## Install PostgreSQL and Redis to test with, where this is root on Debian
	@if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql redis-server; } >/dev/null 2>&1 \
	    || echo "PostgreSQL and Redis could not be installed; their tests are skipped"; \
	else \
	  echo "Install PostgreSQL and Redis by hand, or their tests are skipped; on Debian: sudo apt-get install postgresql redis-server"; \
	fi

test: $(VENV)/installed-dev ## Run every test but the long ones
	@$(BIN)/python -m pytest -m 'not long' -n 2 --dist loadfile $(SIDE_BY_SIDE)
	@$(BIN)/python -m pytest -m 'not long' $(SIDE_BY_SIDE:%=--ignore=%)

test-long: $(VENV)/installed-dev ## Run the tests that take minutes
	@$(BIN)/python -m pytest -m long

clients: ## Install Perspective's clients on npm, which tests call the service with (needs Node)
	@cd tests/http/node && npm ci --silent --ignore-scripts --no-audit --no-fund

clients-table: $(VENV)/installed-dev ## Call the service with others' clients, and print which understood it
	@$(BIN)/python -m pytest -q tests/http/clients --clients-table

check: $(VENV)/installed-dev ## Lint, formatting, types, import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/installed-dev ## Format the code and put imports in order
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

train: $(VENV)/installed ## Train a model from our labels and CORPORA into OUT
	@$(BIN)/gavel train $(if $(wildcard $(CORPORA)),--corpora $(CORPORA)) --out $(OUT)

evaluate: $(VENV)/installed ## Evaluate OUT on our labels and CORPORA; the report goes to REPORT
	@$(BIN)/gavel evaluate $(OUT) $(if $(wildcard $(CORPORA)),--corpora $(CORPORA))
	@$(BIN)/gavel evaluate $(OUT) $(if $(wildcard $(CORPORA)),--corpora $(CORPORA)) \
	  --report $(REPORT)/report.html --json $(REPORT)/report.json --card $(REPORT)/MODEL_CARD.md

browser: ## Install Chromium for the tests of pages (Debian and Ubuntu, as root)
	@command -v chromium >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null; } \
	  || echo "no Chromium could be installed: the tests of pages are skipped"

pictures: $(VENV)/installed-dev browser ## Take the README's pictures of REPORT's report
	@$(BIN)/python -m training.report.pictures $(REPORT)/report.html model/bundled

goals: train evaluate ## Train OUT anew, evaluate it, and hold it against its goals
	@$(BIN)/gavel goals $(OUT) --corpora $(CORPORA) --left-out

constraints: $(VENV)/installed-dev ## Write down the versions that are installed now
	@$(BIN)/pip freeze --all --exclude-editable | grep -viE '^(pip|setuptools|wheel)==' > constraints.new
	@grep '^setuptools==' constraints.txt >> constraints.new  # what builds the package
	@sort -f -o constraints.txt constraints.new && rm constraints.new

clean: ## Remove what was installed and cached; instance/ stays
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
