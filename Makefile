# Needs Python 3.11 or newer and make. `make help` lists the targets.

PYTHON ?= python3
# How many test processes run side by side: on two cores four, as each waits half of its time.
JOBS ?= 4

BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-strip-extras --group build pyproject.toml

ASIDE := $(BIN)/pytest -n $(JOBS) --dist worksteal
# What tests the rules: there their coverage is measured, which makes tests half as dear again.
RULES := tests/domain tests/dialogues \
	$(addprefix tests/scheduler/test_,boards.py group_deadlines.py milestones.py summaries.py deadlines.py)

.DEFAULT_GOAL := help
.PHONY: help venv demo test check format bench soak screenshots lock clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 10

venv: .venv/.dev ## make .venv with all that running and testing need

demo: .venv/.run ## see the bot at work, with no token and no network
	@$(BIN)/sangkien demo

test: check ## run every check and every test
	$(BIN)/pytest --quiet --doctest-modules domain
	$(ASIDE) $(RULES) --cov=domain --cov-branch --cov-fail-under=95
	$(ASIDE) $(RULES:%=--ignore=%)

check: .venv/.dev ## formatting, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/.dev ## put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/.dev ## measure, side by side
	$(BIN)/python -m tests.bench

soak: .venv/.dev ## four weeks of a province in minutes: faults, kills, nothing lost or said twice
	$(BIN)/python -m tests.soak $(SEED)

screenshots: .venv/.dev ## take the pictures of docs/huong-dan/ again (needs Chromium)
	$(BIN)/python -m tests.browser.screenshots

lock: .venv/.dev ## choose the versions in requirements/ again (UPGRADE=--upgrade: the newest)
	$(COMPILE) $(UPGRADE) --output-file requirements/run.txt
	$(COMPILE) $(UPGRADE) --extra dev --constraint requirements/run.txt \
		--output-file requirements/dev.txt

clean: ## remove what make made
	rm -rf .venv build dist *.egg-info .coverage* .*_cache .hypothesis

.venv/bin/python:
	$(PYTHON) -m venv .venv

# One environment, filled in two steps: running needs less than testing.
.venv/.run: requirements/run.txt pyproject.toml | .venv/bin/python
	$(INSTALL) --require-hashes --requirement requirements/run.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.run
	$(INSTALL) --require-hashes --requirement requirements/dev.txt
	@touch $@
