# Every target installs what it needs into .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
STRICT ?= --strict
export NO_MKDOCS_2_WARNING := 1

.PHONY: site serve test check lint types bench pictures lock clean

site: $(READY)  ## Build the site so that it can be read from disk
	$(BIN)/mkdocs build --no-directory-urls
	@echo "Built. Open site/index.html in a browser (its search needs a server: make serve)."

serve: $(READY)  ## Preview the site with drafts, rebuilt on every change
	$(BIN)/mkdocs serve --livereload

test: $(READY)  ## Run the tests
	$(BIN)/pytest

check: $(READY)  ## Check this repository's own records
	$(BIN)/amends check $(STRICT)

lint: $(READY)
	$(BIN)/ruff check

types: $(READY)
	$(BIN)/mypy

bench: $(READY)  ## Measure the gate and the build on synthetic corpora
	$(BIN)/python tools/bench/bench.py

pictures: site  ## Take pictures of every kind of page into build/pictures
	$(BIN)/python tools/pictures/take.py

lock: $(READY)  ## Resolve the development dependencies anew
	$(BIN)/uv pip compile --quiet --universal --python-version 3.10 --group dev pyproject.toml --generate-hashes --upgrade \
		--custom-compile-command "make lock" --output-file requirements-dev.txt

clean:
	rm -rf $(VENV) site

$(READY): requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || { echo "Python 3.10 or newer is needed; set PYTHON=…"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing; on Debian: apt install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $(READY)
