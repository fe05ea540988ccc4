# Everything runs in .venv, which is made once and again only when the dependencies change.
# PYTHON picks the interpreter to make it with; PIP_ARGS is handed on to pip (an index, wheels' folder).

PYTHON ?= python3
PIP_ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed.stamp

.DEFAULT_GOAL := help
.PHONY: help chat test check eval bench clean

help: ## list these targets
	@grep -E '^[a-z]+: .*## ' $(MAKEFILE_LIST) | sed -E 's/: .*## /\t/' | expand -t 10

chat: $(INSTALLED) ## set up, ingest documents/ if needed, serve http://127.0.0.1:7860
	$(BIN)/duban chat

# Images of containers often forbid Python to keep what it compiled; every process of the tests would compile it anew.
# Three, because those that drive a browser or another process wait for it a third of their time: two left cores idle.
test: $(INSTALLED) ## set up, run every test, three at a time
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 3 --dist loadfile

check: $(INSTALLED) ## formatting, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

eval: $(INSTALLED) ## ask the question sets and compare retrieval with the plain pipeline
	$(BIN)/duban ingest
	$(BIN)/duban eval --report eval-report

bench: $(INSTALLED) ## time ingestion, answers, embedding, thirty people at once, the board, a model's first sentence
	$(BIN)/duban ingest
	$(BIN)/python -m evals.bench
	$(BIN)/python -m ui.bench
	$(BIN)/python -m ui.board_bench
	$(BIN)/python -m ui.first_sentence

clean: ## remove the environment, the index and everything else that was made
	rm -rf $(VENV) .duban build dist eval-report *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Duban needs Python 3.11 or newer. Name one with: make PYTHON=/path/to/python3.11 ..." >&2; \
		exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) || { \
		echo "Could not make $(VENV). On Debian and Ubuntu: apt install python3-venv" >&2; \
		rm -rf $(VENV); exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check $(PIP_ARGS) -c constraints.txt -e ".[dev]"
	@touch $@
