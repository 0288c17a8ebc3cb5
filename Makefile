# What a person types. Everything is installed into .venv, and what Node tests with beside those tests; nothing else on
# the machine is touched.

.DEFAULT_GOAL := help
.PHONY: help setup run test lint wheel bench bench-large clean FORCE
.DELETE_ON_ERROR:

# A caller's own Python settings must not leak into the virtual environment.
unexport PYTHONPATH
unexport PYTHONHOME
unexport DJANGO_SETTINGS_MODULE
unexport HANDSEL_DATABASE_URL
unexport HANDSEL_CONFIG
# Hundreds of processes that compile every module anew would take the tests minutes.
unexport PYTHONDONTWRITEBYTECODE

# Which Python .venv is made with: make run PYTHONS=python3.12. The first that is there and new enough is taken.
PYTHONS ?=
PIP_INSTALL := .venv/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
NPM_INSTALL := NODE_USE_SYSTEM_CA=1 .venv/bin/npm install --prefix tests/clients/node --cache .venv/npm-cache \
	--no-package-lock --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error >/dev/null
WHICH := 'import sys; print(sys.version_info[:3], sys.base_prefix)'
SAMPLE := sqlite:///var/handsel.sqlite3
SERVE := serve --try --next-port --database $(SAMPLE)

help:
	@echo "make run     set up, make the sample company, sell its next opportunity, serve the Web API until Ctrl-C"
	@echo "make test    set up, then lint, types, import rules and every test on SQLite and PostgreSQL"
	@echo "make setup   only the virtual environment: .venv/bin/handsel"
	@echo "make lint    only lint, types and import rules"
	@echo "make wheel   a package in dist/ to install elsewhere: pip install dist/handsel-*.whl"
	@echo "make bench   requests over HTTP, and documents beside hand-written SQL; make bench-large asks a million quotes"
	@echo "make clean   remove the virtual environment and caches; var/ with your data stays"

setup: .venv/.runtime
	@echo "Ready: .venv/bin/handsel"

# At a terminal the server is a job of its own: Ctrl-C reaches it alone, so that make ends well too.
run: .venv/.runtime
	@mkdir -p var
	@.venv/bin/handsel init --sample --database $(SAMPLE)
	@.venv/bin/handsel demo --database $(SAMPLE)
	@if [ -t 0 ]; then set -m; .venv/bin/handsel $(SERVE); else exec .venv/bin/handsel $(SERVE); fi

test: lint
	@.venv/bin/python -m pytest -n 2 --dist worksteal

lint: .venv/.dev
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo

wheel: .venv/.runtime
	@.venv/bin/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist .
	@echo "Made $$(ls -t dist/handsel-*.whl | head -1)"

bench: .venv/.dev
	@.venv/bin/python -m bench

bench-large: .venv/.dev
	@.venv/bin/python -m bench.large

clean:
	rm -rf .venv tests/clients/node/node_modules .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis build dist
	find src tests -name __pycache__ -type d -exec rm -rf {} +

# A virtual environment knows its own absolute path, so one that was moved or copied here is made anew, and so is
# one whose Python is gone. The file keeps its time when nothing is to be done.
.venv/.place: FORCE
	@set -e; here=$$(pwd -P); \
	python=''; \
	if [ -n "$(PYTHONS)" ]; then python=$$(sh scripts/choose-python $(PYTHONS)); fi; \
	if [ "$$(cat .venv/.place 2>/dev/null)" != "$$here" ] || ! .venv/bin/python -c '' 2>/dev/null \
		|| { [ -n "$$python" ] && [ "$$($$python -I -c $(WHICH))" != "$$(.venv/bin/python -I -c $(WHICH))" ]; }; then \
		[ -n "$$python" ] || python=$$(sh scripts/choose-python); \
		echo "Making .venv with $$python"; \
		rm -rf .venv; \
		"$$python" -m venv .venv; \
		printf '%s\n' "$$here" > .venv/.place; \
	fi

.venv/.runtime: .venv/.place pyproject.toml constraints.txt
	@echo "Installing handsel into .venv"
	@$(PIP_INSTALL) hatchling editables
	@$(PIP_INSTALL) --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.runtime tests/clients/node/package.json
	@echo "Installing the tools for tests and lint into .venv"
	@$(PIP_INSTALL) setuptools
	@$(PIP_INSTALL) --use-pep517 --no-build-isolation --editable '.[dev]'
	@$(NPM_INSTALL)
	@touch $@

FORCE:
