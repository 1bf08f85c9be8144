# Parley's commands; `make` lists them. Each does all that it needs.
#
#   make run PORT=8123 DATA=folder    another Parley beside the first

PORT ?= 8000
export PARLEY_PORT := $(PORT)
ifeq ($(origin DATA),command line)
export PARLEY_DATA := $(DATA)
endif

# The first Python that is new enough. A venv's own scripts name its path in their first line, which
# cannot hold a space; so it is `python -m`, except for djade, which is no script.
PYTHON := $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
VENV := .venv/bin/python

define prepare
@test -n "$(PYTHON)" || { echo "Parley needs Python 3.11 or newer, and found none." >&2; exit 1; }
@"$(PYTHON)" tools/prepare.py
endef

.DEFAULT_GOAL := help
.PHONY: help run setup dev test check format lock clean

help: ## This list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile

run: ## Start Parley; Ctrl-C stops it
	$(prepare)
	@exec $(VENV) manage.py run

setup: ## Make everything ready, and start nothing
	$(prepare)
	@exec $(VENV) manage.py setup

dev: ## Start it for development: it reloads what is edited, and shows errors
	$(prepare)
	@$(VENV) manage.py setup
	@PARLEY_DEBUG=1 exec $(VENV) manage.py runserver "127.0.0.1:$(PORT)"

# Neighbours stay together, with what they share, until a process has nothing left and takes half of what another one
# still has. Browser tests stay together by files, which go out in their order: whole, for they share the talks.
test: ## All tests; ARGS="tests/domain -x" for some of them
	$(prepare) dev
ifdef ARGS
	@$(VENV) -m pytest $(ARGS)
else
	@$(VENV) -m pytest -q -n logical --dist worksteal -m "not browser"; first=$$?; \
	$(VENV) -m pytest -q -n logical --dist loadfile --no-loadscope-reorder tests/browser && exit $$first
endif

check: ## What can be said about the code without running it
	$(prepare) dev
	$(VENV) -m ruff check
	$(VENV) -m ruff format --check
	$(VENV) -m mypy
	find templates -name '*.html' -exec .venv/bin/djade --check --target-version 5.2 {} +
	$(VENV) -m pytest -q tests/setup/test_imports.py
	$(VENV) manage.py makemigrations --check --dry-run
	PARLEY_URL=https://parley.example.org $(VENV) manage.py check --deploy --fail-level WARNING

format: ## Put code and templates into their usual form
	$(prepare) dev
	$(VENV) -m ruff check --fix --unsafe-fixes --exit-zero
	$(VENV) -m ruff format
	find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} +

lock: ## Write the requirements files from pyproject.toml (needs uv)
	uv pip compile -q pyproject.toml --universal --generate-hashes --no-emit-index-url -p 3.11 \
		--custom-compile-command "make lock" -o requirements.txt
	uv pip compile -q pyproject.toml --group dev -c requirements.txt --universal --generate-hashes \
		--no-emit-index-url -p 3.11 --custom-compile-command "make lock" -o requirements-dev.txt

clean: ## Remove what can be made again; the data folder stays
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
