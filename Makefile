# Each chore has one door: people and CI call the same targets. `make help` lists them.
# Works with the make of macOS (3.81) too.

VENV_PYTHON = .venv/bin/python
FIND_PYTHON = config/running/find-python.sh
BOOTSTRAP = python=$$($(FIND_PYTHON) $@) && "$$python" -m config.running.bootstrap
# Compiled tests are kept, also where the shell says otherwise: to make them anew is half of the time
# that each process takes to begin.
PYTEST = env -u PYTHONDONTWRITEBYTECODE $(VENV_PYTHON) -m pytest
# Tests run on every core and in one process more (tests/conftest.py says why), in no more than six:
# each takes half a gigabyte.
CORES = auto --maxprocesses 6
REQUIREMENTS = requirements requirements-dev requirements-node
COMPILE = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --custom-compile-command "make requirements"
LIKE_PRODUCTION = SECRET_KEY=made-up-and-long-enough-for-the-check-of-settings-0123456789 \
  ALLOWED_HOSTS=volunteering.example.org SITE_URL=https://volunteering.example.org

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test test-slow test-full test-browser check check-style check-types \
  check-imports check-templates check-migrations check-record check-deployment \
  check-requirements format messages requirements evaluate clean

help: ## Show what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

setup: ## Make the environment and the assets, and nothing else
	@$(BOOTSTRAP)

setup-dev:
	@$(BOOTSTRAP) --dev

run: setup ## Start the service with a demonstration borough (DEMO=0: empty; PORT=8001: elsewhere)
	@exec $(VENV_PYTHON) -m config.running.start

test: setup-dev ## Run the tests, on SQLite or on the DATABASE_URL that is set
	@$(PYTEST) -n $(CORES) --dist worksteal

test-slow: setup-dev ## Run the tests that take long, likewise
	@$(PYTEST) -n $(CORES) --dist worksteal -m "slow and not full"

test-browser: setup-dev ## Run the tests in a real browser
	@$(PYTEST) -n $(CORES) --dist worksteal -m browser tests/browser

test-full: setup-dev ## Run every test, also those that take very long
	@$(PYTEST) -n $(CORES) --dist worksteal -m "not browser"
	@EVERY_LOOK=1 $(PYTEST) -n $(CORES) --dist worksteal -m browser tests/browser

check: check-style check-types check-imports check-templates check-migrations check-record check-deployment check-requirements ## Lint, types, import rules, templates, migrations, the record of the ranking, deployment settings, requirements

messages: setup-dev ## Bring the catalogues of all languages in line with the code
	@$(VENV_PYTHON) -m config.translation update

check-style: setup-dev
	$(VENV_PYTHON) -m ruff check .
	$(VENV_PYTHON) -m ruff format --check .

check-types: setup-dev
	$(VENV_PYTHON) -m mypy .

check-imports: setup-dev
	.venv/bin/lint-imports

check-templates: setup-dev
	.venv/bin/djlint --lint --quiet web/templates api/templates notifications/templates

check-migrations: setup-dev
	HARROW_LOCAL=1 $(VENV_PYTHON) manage.py makemigrations --check --dry-run

check-record: setup-dev
	HARROW_LOCAL=1 $(VENV_PYTHON) manage.py transparency_record --check

check-deployment: setup-dev
	env -u HARROW_LOCAL $(LIKE_PRODUCTION) $(VENV_PYTHON) manage.py check --deploy --fail-level WARNING

check-requirements: setup-dev
	@for name in $(REQUIREMENTS); do \
	  cp $$name.txt .venv/$$name.txt && $(COMPILE) $$name.in -o .venv/$$name.txt && \
	  cmp -s $$name.txt .venv/$$name.txt || { echo "$$name.txt does not match $$name.in: make requirements"; exit 1; }; \
	done
	$(VENV_PYTHON) -m pip check

format: setup-dev ## Format the code
	$(VENV_PYTHON) -m ruff check --fix --quiet .
	$(VENV_PYTHON) -m ruff format .

requirements: setup-dev ## Pin anew what the requirements*.in list (UPGRADE=1: the newest that fit)
	@for name in $(REQUIREMENTS); do $(COMPILE) $(if $(UPGRADE),--upgrade) $$name.in -o $$name.txt || exit 1; done

evaluate: setup-dev ## Measure text models and policies on public files (DATA=folder, OPTIONS="--seeds 2")
	@test -n "$(DATA)" || { echo "Say where the public files are: make evaluate DATA=folder (README, Data and licence)"; exit 2; }
	HARROW_LOCAL=1 $(VENV_PYTHON) manage.py evaluate "$(DATA)" $(OPTIONS)
	HARROW_LOCAL=1 $(VENV_PYTHON) manage.py transparency_record

clean: ## Remove the environment and what was built, but no data (that is in var/)
	rm -rf .venv node_modules web/assets/built .mypy_cache .ruff_cache .pytest_cache
