# Every target installs what it needs into .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python
STRICT ?= --strict
export NO_MKDOCS_2_WARNING := 1

.PHONY: site serve test check lint types bench pictures words lock clean

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

bench: $(READY)  ## Measure the gate on synthetic corpora
	$(BIN)/python tools/bench/bench.py

pictures: $(READY)  ## Take pictures of every kind of page into build/pictures
	$(BIN)/python tools/pictures/take.py

words: $(READY)  ## Collect the messages of the code and bring every catalogue in line with them
	@mkdir -p build
	$(BIN)/pybabel --quiet extract --no-default-keywords --keyword=_ --keyword=N_ --keyword=pgettext:1c,2 --keyword=NP_:1c,2 \
		--keyword=ngettext:1,2 --keyword=counted:1,2 --keyword=by_kind_of_number:1,2 \
		--add-location=file --sort-by-file --no-wrap --omit-header --output-file=build/amends.pot plugins/amends
	$(BIN)/pybabel --quiet update --domain=amends --input-file=build/amends.pot --output-dir=plugins/amends/locale \
		--no-fuzzy-matching --ignore-obsolete --no-wrap --ignore-pot-creation-date

lock: $(READY)  ## Resolve the development dependencies anew
	$(BIN)/uv pip compile --quiet --universal --python-version 3.10 --group dev pyproject.toml --generate-hashes --upgrade \
		--custom-compile-command "make lock" --output-file requirements-dev.txt

clean:
	rm -rf $(VENV) site

$(READY): requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || { echo "Python 3.10 or newer is needed; set PYTHON=…"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing; on Debian: apt install python3-venv"; exit 1; }
	@sed -n '/^uv==/,/[^\\]$$/p' requirements-dev.txt > $(VENV)/uv.txt
	$(PIP) --require-hashes --requirement $(VENV)/uv.txt
	@# Much faster than pip, which stands in where it alone was told of an index.
	$(UV) --require-hashes --requirement requirements-dev.txt || $(PIP) --require-hashes --requirement requirements-dev.txt
	$(UV) --no-deps --editable . || $(PIP) --no-deps --editable .
	@touch $(READY)
