# Everything a person or CI does with this project. `make` alone lists it.
# Each target may be repeated: nothing is installed or built again when nothing changed.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 2
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py

# The server. Its own limits count connections, and a connection that says nothing must cost no more than that:
# room for many, and ten seconds for the head of a request. What is read after the head is comparisons/http/front_door's.
SERVE := $(BIN)/granian --interface asgi --no-ws --backlog 8192 --backpressure 8192 --http1-header-read-timeout 10000 \
	--workers-kill-timeout 15

# The first Python on this machine that is new enough, or empty.
FIND_PYTHON = for p in python3.13 python3.14 python3.12 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && { echo $$p; exit; }; done; true
PYTHON ?= $(shell $(FIND_PYTHON))

.PHONY: help run dev test test-fast test-dates check audit format map lock clean

help:  ## list what can be done
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

run: .venv/runtime .secret-key .static/collected  ## install, migrate, seed and serve on http://127.0.0.1:8000 as in production
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) seed
	@$(MANAGE) welcome --url http://$(HOST):$(PORT)
	@exec $(SERVE) --host $(HOST) --port $(PORT) --workers $(WORKERS) --respawn-failed-workers --log-level error \
		comparisons.asgi:application

dev: .venv/development .secret-key  ## the same with reload and debug pages
	@DEBUG=true $(MANAGE) migrate --verbosity 0
	@DEBUG=true $(MANAGE) seed
	@DEBUG=true $(MANAGE) welcome --url http://$(HOST):$(PORT)
	@DEBUG=true exec $(SERVE) --host $(HOST) --port $(PORT) \
		--reload --reload-paths comparisons --reload-paths reviews comparisons.asgi:application

test: .venv/development  ## the whole suite: on SQLite with a browser, then what uses a database on PostgreSQL
	@echo "Tests on SQLite, with a browser"
	@$(BIN)/python -m pytest --numprocesses 2
	@if $(BIN)/python -m tests.throwaway_postgres; then \
		echo "Tests on PostgreSQL"; \
		TEST_DATABASE=postgresql $(BIN)/python -m pytest --numprocesses 2 \
			--ignore tests/browser --ignore tests/unit --ignore tests/architecture; \
	else \
		echo "Not tested on PostgreSQL, which is not installed (on Debian and Ubuntu: apt install postgresql)"; \
		test -z "$$CI"; \
	fi

test-fast: .venv/development  ## the suite on SQLite without a browser and the slowest tests: about two minutes
	@echo "Tests on SQLite, without a browser and the slowest tests"
	@$(BIN)/python -m pytest --numprocesses 2 -m "not slow" --ignore tests/browser

test-dates: .venv/development  ## the tests that read dates, with the clock 400 days ahead: the suite must pass at any date
	@echo "Tests that read dates, 400 days from now"
	@TEST_CLOCK_SHIFT_DAYS=400 $(BIN)/python -m pytest --numprocesses 2 -m "dates and not slow"

# A key for the checks that only need some key.
RANDOM_KEY = SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')

check: .venv/development  ## everything CI runs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive comparisons reviews manage.py
	$(BIN)/djade --check $$(find templates -name '*.html')
	$(BIN)/mypy
	$(RANDOM_KEY) $(MANAGE) makemigrations --check --dry-run
	$(RANDOM_KEY) SITE_URL=https://panelship.example $(MANAGE) check --deploy --fail-level WARNING
	$(MAKE) test
	$(MAKE) test-dates

audit: .venv/development  ## attack a copy of the site with Observatory, wapiti and sqlmap (needs node and npm): half an hour
	@$(BIN)/python -m drills.audit

format: .venv/development  ## put code and templates into their usual form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	-$(BIN)/djade $$(find templates -name '*.html')

map: .venv/development  ## write docs/map.md from the docstrings of the modules
	$(BIN)/python -m tests.architecture.project_map

lock:  ## pin every dependency again, with hashes (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.12 --generate-hashes --no-header -o requirements.txt
	uv pip compile pyproject.toml --group dev -c requirements.txt \
		--universal --python-version 3.12 --generate-hashes --no-header -o requirements-dev.txt

clean:  ## remove what the targets above made, but not your database or your key
	rm -rf .venv .static .mypy_cache .pytest_cache .ruff_cache .hypothesis .audit

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Panelship needs Python 3.12 or newer, and found none: install it, or name it with PYTHON=/path/to/python make run." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 12))' || { echo "Panelship needs Python 3.12 or newer; $(PYTHON) is older." >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "This Python can make no virtual environment; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }

.venv/runtime: requirements.txt | .venv/bin/python
	@echo "Installing what the site needs…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/development: requirements-dev.txt | .venv/bin/python
	@echo "Installing what development needs…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch .venv/runtime $@

.static/collected: .venv/runtime .secret-key $(shell find static -type f)
	@$(MANAGE) collectstatic --noinput --clear --verbosity 0
	@touch $@

.secret-key: | .venv/bin/python
	@umask 077 && $(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))' > $@
