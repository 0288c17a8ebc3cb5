# What a person types. Everything is installed into .venv; nothing else on the machine is touched.

.DEFAULT_GOAL := help
.PHONY: help setup run test lint bench clean FORCE
.DELETE_ON_ERROR:

# A caller's own Python settings must not leak into the virtual environment.
unexport PYTHONPATH
unexport PYTHONHOME
unexport DJANGO_SETTINGS_MODULE
unexport HANDSEL_DATABASE_URL

PYTHONS :=
PIP_INSTALL := .venv/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
SAMPLE := sqlite:///var/handsel.sqlite3

help:
	@echo "make run     set up, make the sample company, sell the next opportunity up to the paid invoice"
	@echo "make test    set up, then lint, types, import rules and every test on SQLite and PostgreSQL"
	@echo "make setup   only the virtual environment: .venv/bin/handsel"
	@echo "make lint    only lint, types and import rules"
	@echo "make bench   documents per second, beside hand-written SQL"
	@echo "make clean   remove the virtual environment and caches; var/ with your data stays"

setup: .venv/.runtime
	@echo "Ready: .venv/bin/handsel"

run: .venv/.runtime
	@mkdir -p var
	@.venv/bin/handsel init --sample --database $(SAMPLE)
	@.venv/bin/handsel demo --database $(SAMPLE)

test: lint
	@.venv/bin/python -m pytest -n 2

lint: .venv/.dev
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo

bench: .venv/.dev
	@.venv/bin/python -m bench

clean:
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis build dist
	find src tests -name __pycache__ -type d -exec rm -rf {} +

# A virtual environment knows its own absolute path, so one that was moved or copied here is made anew, and so is
# one whose Python is gone. The file keeps its time when nothing is to be done.
.venv/.place: FORCE
	@set -e; here=$$(pwd -P); \
	if [ "$$(cat .venv/.place 2>/dev/null)" != "$$here" ] || ! .venv/bin/python -c '' 2>/dev/null; then \
		python=$$(sh scripts/choose-python $(PYTHONS)); \
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

.venv/.dev: .venv/.runtime
	@echo "Installing the tools for tests and lint into .venv"
	@$(PIP_INSTALL) setuptools
	@$(PIP_INSTALL) --no-build-isolation --editable '.[dev]'
	@touch $@

FORCE:
