# Two commands for newcomers: `make regenerate` and `make test`. Each sets up what it needs, in .venv.

# The name of a branch or a tag is a word, whatever it holds: make must not expand it, as it does to export it, to each
# shell from here on.
unexport BASE TAG REPOSITORY
quoted = '$(subst ','\'',$(value $(1)))'

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
REQUIRED := $(VENV)/.required-$(VERSION)
READY := $(VENV)/.ready-$(VERSION)
# On two cores: some tests wait, and meanwhile a third one works.
WORKERS ?= 3
# Tests start many interpreters, each of which would compile everything anew where bytecode is not kept.
PYTEST := env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest
UV := 0.13.9

.DEFAULT_GOAL := help
.PHONY: help regenerate test test-slow descriptions check review sandbox demo bench corpus build try lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

$(REQUIRED): requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or later is needed: make PYTHON=python3.12")'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

# The two packages as links to their folders, with the command and pytest's fixtures: what an entry point is called is
# written down when it is installed.
$(READY): $(REQUIRED) pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-index --no-deps --no-build-isolation --editable .
	@touch $@

regenerate: $(READY) ## Write generated/ from spec/
	$(BIN)/python -m generator generate

test: $(READY) ## Run the tests, but for those that take long
	$(PYTEST) -n $(WORKERS) -m 'not slow' $(ARGS)

test-slow: $(READY) ## Run the others: kills, storms, ten thousand invoices, the vendor's SDK, wheels
	$(PYTEST) -n $(WORKERS) --dist worksteal -m slow $(ARGS)

descriptions: $(READY) ## Fetch the large public descriptions that slow tests read, with npm
	$(BIN)/python -m tests.public

check: $(READY) ## Drift of generated/, formatting, lint, mypy, pyright
	$(BIN)/python -m generator check
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/basedpyright --level error

review: $(READY) ## Say what spec/ changes and whom it breaks, since BASE (make review BASE=origin/main)
	@$(BIN)/python -m generator review $(if $(value BASE),--base=$(call quoted,BASE)) $(ARGS)

sandbox: $(READY) ## Serve the two operations on this machine (make sandbox ARGS='--port 9000')
	@$(BIN)/zuora-invoices-sandbox $(ARGS)

demo: $(READY) ## Show a short story of the client and the sandbox
	@$(BIN)/python -m zuora_invoices_sandbox.demo

bench: $(READY) ## Measure speed, as ratios against peers; makes an environment for them, in minutes, once
	@$(BIN)/python -m tests.bench $(ARGS)

corpus: $(READY) ## Try the generator on 2,638 public descriptions (make corpus ARGS='--sample 250'); needs npm
	@$(BIN)/python -m tests.corpus $(ARGS)

build: $(READY) ## Make wheel and sdist, in dist/, and check them; for a release: make build TAG=v0.1.0
	rm -rf dist
	$(BIN)/python -m build --no-isolation
	@$(BIN)/python -m tests.release dist $(if $(value TAG),--tag=$(call quoted,TAG)) \
		$(if $(value REPOSITORY),--repository=$(call quoted,REPOSITORY))

try: $(READY) ## Try what is in dist/ in empty environments, on the Python of .venv
	@test -d dist || { echo 'dist/ is not there, so there is nothing to try: make build first' >&2; exit 1; }
	DIST=dist $(BIN)/python -m pytest -n 0 tests/end_to_end/test_wheel.py

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
	echo 'uv==$(UV)' | $(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate - --output-file .github/uv.txt

DATABASE := zuora-sandbox.db
clean: ## Remove what make made, the sandbox's invoices too, but not generated/
	rm -rf $(VENV) dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .schemathesis __pycache__ tests/public/fetched
	rm -f $(DATABASE) $(DATABASE)-journal $(DATABASE)-shm $(DATABASE)-wal
	find generator generated sandbox tests -name __pycache__ -type d -prune -exec rm -rf {} +
