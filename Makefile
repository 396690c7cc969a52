# `make` alone tells what there is. Everything installs itself from the lock file into .venv.
PYTHON ?= python3
PORT ?= 8000
DEMO ?= 1
BIN := .venv/bin
READY := .venv/.ready
.DEFAULT_GOAL := help
# Portals that tests start as processes of their own would compile everything again each time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help: ## tell what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.PHONY: serve
serve: $(READY) ## everything: environment, database, demonstration data (DEMO=0: your own first day), then http://127.0.0.1:8000 (PORT=)
	PORT=$(PORT) $(BIN)/portal init $(if $(filter 0,$(DEMO)),,--no-setup)
	$(if $(filter 0,$(DEMO)),,$(BIN)/portal demo --if-empty)
	PORT=$(PORT) $(BIN)/portal serve

.PHONY: test
test: $(READY) ## the whole suite; on PostgreSQL too where PORTAL_TEST_DATABASE_URL is set
	$(BIN)/pytest -n auto --dist worksteal

.PHONY: lint style types contracts templates translations
lint: style types contracts templates translations ## format, lint, types, import contracts, templates, translations (`make -j2 lint` side by side)

style: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

contracts: $(READY)
	$(BIN)/lint-imports

templates: $(READY)
	$(BIN)/djlint --lint --quiet portal/templates

translations: $(READY)
	$(BIN)/pytest -q tests/test_translations.py

.PHONY: check
check: lint test ## all of lint, then the tests

.PHONY: bench
bench: $(READY) ## benchmarks, each beside the bare limit measured in the same run
	$(BIN)/python -m tests.bench

.PHONY: format
format: $(READY) ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix-only -q .

.PHONY: messages
messages: $(READY) ## collect new texts into the translation catalogues, and compile them
	mkdir -p var
	$(BIN)/pybabel -q extract -F config/babel.cfg -k N_ --no-location --omit-header -o var/messages.pot portal
	$(BIN)/pybabel -q update -i var/messages.pot -d portal/translations --no-fuzzy-matching --ignore-obsolete --omit-header
	$(BIN)/pybabel -q compile -f -d portal/translations # -f: without a header Babel takes a whole catalogue for unfinished

.PHONY: css
css: ## compile the face after a change in config/theme (needs Node)
	cd config/theme && npm install --no-audit --no-fund && npm run build

.PHONY: lock
lock: $(READY) ## renew the lock file (needs uv)
	uv pip compile pyproject.toml --extra pdf --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q --upgrade -o requirements.lock

.PHONY: clean
clean: ## remove environment and caches, never data
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
