# Two commands for newcomers: `make regenerate` and `make test`. Each sets up what it needs, in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready-$(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
WORKERS ?= 2
UV := 0.13.9

.DEFAULT_GOAL := help
.PHONY: help regenerate test test-slow descriptions check review sandbox demo bench build lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

$(READY): requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or later is needed: make PYTHON=python3.12")'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

regenerate: $(READY) ## Write generated/ from spec/
	$(BIN)/python -m generator generate

test: $(READY) ## Run the tests, but for those that take long
	$(BIN)/python -m pytest -n $(WORKERS) -m 'not slow' $(ARGS)

test-slow: $(READY) ## Run the others: kills, storms, ten thousand invoices, the vendor's SDK, wheels
	$(BIN)/python -m pytest -n $(WORKERS) -m slow $(ARGS)

descriptions: $(READY) ## Fetch the large public descriptions that slow tests read, with npm
	$(BIN)/python -m tests.public

check: $(READY) ## Drift of generated/, formatting, lint, mypy, pyright
	$(BIN)/python -m generator check
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/basedpyright --level error

unexport BASE # the name of a branch is a word, whatever it holds: make must not expand it to export it
review: $(READY) ## Say what spec/ changes and whom it breaks, since BASE (make review BASE=origin/main)
	@$(BIN)/python -m generator review $(if $(value BASE),--base='$(subst ','\'',$(value BASE))') $(ARGS)

RUN := PYTHONPATH=generated:sandbox $(BIN)/python -m
sandbox: $(READY) ## Serve the two operations on this machine (make sandbox ARGS='--port 9000')
	@$(RUN) zuora_invoices_sandbox $(ARGS)

demo: $(READY) ## Show a short story of the client and the sandbox
	@$(RUN) zuora_invoices_sandbox.demo

bench: $(READY) ## Measure speed, as ratios against peers; makes an environment for them, in minutes, once
	@$(RUN) tests.bench $(ARGS)

build: $(READY) ## Build the wheel, in dist/
	rm -rf dist
	$(BIN)/python -m build --no-isolation --wheel

lock: $(READY) ## Pin the requirements anew after a change of pyproject.toml
	$(PYTHON) -m venv --clear $(VENV)/lock
	$(VENV)/lock/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV)
	$(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --group dev pyproject.toml --output-file requirements.txt
	$(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --no-deps \
		--no-header --group dev pyproject.toml --output-file $(VENV)/lock/ours.txt
	$(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --constraint $(VENV)/lock/ours.txt tests/bench/requirements.in --output-file tests/bench/requirements.txt
	$(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header tests/sandbox/vendor/requirements.in --output-file tests/sandbox/vendor/requirements.txt

clean: ## Remove what make made, but not generated/
	rm -rf $(VENV) dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis .schemathesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
