# `make demo` and `make test` set up everything they need; `make help` lists the rest.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

$(INSTALLED): requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "OrgPulse needs Python 3.11 or newer; name one: make PYTHON=python3.12"; exit 1; }
	@echo "Setting up $(VENV) from hash-pinned requirements"
	@$(PYTHON) -m venv $(VENV) \
		|| { echo "Python's venv module is missing; on Debian: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --progress-bar on \
		--require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation -e .
	@touch $@

.PHONY: setup
setup: $(INSTALLED) browser ## Build .venv from hash-pinned requirements; find a browser for the tests

# Without one, the tests that open the dashboard are skipped, and fail in CI.
.PHONY: browser
browser: $(INSTALLED)
	@$(BIN)/python tests/plugins/chromium.py 2>/dev/null || [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null || { \
		echo "Installing Debian's Chromium for the tests"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes chromium >/dev/null; } || true
	@$(BIN)/python tests/plugins/chromium.py || true

.PHONY: demo
demo: $(INSTALLED) ## Run the main job: publish, stream, build, publish the warehouse, scorecard
	@$(BIN)/orgpulse demo $(ARGS)

.PHONY: up
up: $(INSTALLED) ## Start broker, streams, Dagster and its schedules, HTTP intake; prints the addresses
	@$(BIN)/orgpulse up

.PHONY: down
down: $(INSTALLED) ## Stop what `make up` started
	@$(BIN)/orgpulse down

.PHONY: test
test: $(INSTALLED) browser ## Run the tests, with a real Apache Kafka
	@# Compiled modules are kept: the tests start hundreds of commands. Files go in the order of their names:
	@# by their number of tests, those of few and long tests would come last, and one process would wait.
	@# Three processes for two cores: one in six seconds passes in waiting for a broker that comes and goes.
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder $(ARGS)

.PHONY: check
check: $(INSTALLED) ## Lint, format, types, layering
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: docs
docs: $(INSTALLED) ## Write docs/reference from the code
	@$(BIN)/orgpulse docs build

.PHONY: requirements
requirements: $(INSTALLED) ## Pin the requirements anew, with hashes and without addresses
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url \
		--no-header --upgrade --extra dev pyproject.toml --output-file requirements/dev.txt

.PHONY: clean
clean: ## Remove .venv and the state folder (broker data, warehouse, publications)
	@if [ -x $(BIN)/orgpulse ]; then $(BIN)/orgpulse down || true; fi
	rm -rf $(VENV) .orgpulse
