# Every hand's work in one place; `make help` lists it, pre-commit and CI call it.

SHELL := /bin/bash
.DEFAULT_GOAL := help
# The first Python that is new enough, whatever it is called here.
PYTHON ?= $(shell for name in python3 python3.11 python3.12 python3.13 python; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& command -v "$$name" && break; done)
BIN := .venv/bin
PORT ?= 8000
export PORT
UV_LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-annotate --no-header --quiet

.PHONY: help
help:  ## Lists what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup:  ## Installs what changed: packages, front-end files, translations
	@test -n "$(PYTHON)" || { echo "This needs Python 3.11 or newer, and none was found: install it, or name it as PYTHON=/path/to/python." >&2; exit 1; }
	@"$(PYTHON)" cop_platform/setup.py --all

.PHONY: demo
demo: setup  ## Runs the demo project; PORT=8000 chooses the port, Ctrl-C stops it
	@$(BIN)/python -m cop_platform.demo

.PHONY: run
run: setup  ## Runs the development server on PORT
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py runserver $(PORT)

.PHONY: worker
worker: setup  ## Runs one Celery worker with its beat, for `make run`
	@$(BIN)/python -m cop_platform.embedded run $(BIN)/python -m celery -A cop_platform worker \
		--beat --schedule var/celerybeat-schedule --loglevel info

.PHONY: test
test: setup  ## Runs the tests; ARGS="-k name" chooses, BROWSER=skip and OFFICE=skip leave some out
	@$(BIN)/python -m cop_platform.run_tests $(ARGS)

.PHONY: ci
ci: lint types arch migrations deploy-check messages-check test  ## Runs every check, as CI does

.PHONY: lint
lint: setup  ## Checks style of Python and templates
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djlint templates --profile=django --quiet --lint

.PHONY: types
types: setup  ## Checks the types
	@$(BIN)/mypy .

.PHONY: arch
arch: setup  ## Checks which module may import which
	@$(BIN)/lint-imports

.PHONY: migrations
migrations: setup  ## Checks that no migration is missing
	@$(BIN)/python manage.py makemigrations --check --dry-run

.PHONY: deploy-check
deploy-check: setup  ## Checks the production settings
	@COP_ENV=production ALLOWED_HOSTS=community.example.org BASE_URL=https://community.example.org \
		SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
		PROJECT_SIGNING_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(32))')" \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

.PHONY: messages
messages: setup  ## Collects the texts of the screens into locale/ (needs GNU gettext)
	@$(BIN)/python manage.py makemessages --locale ar --no-obsolete --no-wrap \
		--ignore '.venv/*' --ignore 'node_modules/*' --ignore 'var/*'

.PHONY: messages-check
messages-check: setup  ## Checks that every text is translated
	@$(BIN)/python -m cop_platform.setup --check

.PHONY: bench
bench: setup  ## Measures the pages against their budgets
	@$(BIN)/python -m tests.bench $(ARGS)

.PHONY: chaos
chaos: setup  ## Kills workers, broker and database in the middle of mails; docs/reliability.md
	@CHAOS=long $(BIN)/python -m pytest -p no:xdist -q tests/chaos $(ARGS)

.PHONY: screenshots
screenshots: setup  ## Takes the pictures of the main pages
	@$(BIN)/python -m cop_platform.run_tests -m screenshots $(ARGS)

.PHONY: backup
backup: setup  ## Saves database and files; TO=folder, else var/backups
	@$(BIN)/python manage.py backup $(if $(TO),--to "$(TO)")

.PHONY: restore
restore: setup  ## Says what restoring FROM=folder would do; does it with CONFIRM=yes
	@$(BIN)/python manage.py restore "$(FROM)" $(if $(filter yes,$(CONFIRM)),--confirm)

.PHONY: lock
lock: setup  ## Renews the locked Python packages within the limits of pyproject.toml
	@$(UV_LOCK) --output-file requirements.txt
	@$(UV_LOCK) --extra dev --output-file requirements-dev.txt
