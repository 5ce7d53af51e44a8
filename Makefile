# Every habit of the project. What each does: make help
PYTHON ?= python3
SETUP = $(PYTHON) tools/setup.py
IN = .venv/bin/
export PORT HOST DATA_DIR DATABASE_URL SECRET_KEY DEMO

# An empty setting is no setting.
ifeq ($(strip $(PORT)),)
unexport PORT
endif
ifeq ($(strip $(HOST)),)
unexport HOST
endif
ifeq ($(strip $(DATA_DIR)),)
unexport DATA_DIR
endif
ifeq ($(strip $(DATABASE_URL)),)
unexport DATABASE_URL
endif
ifeq ($(strip $(SECRET_KEY)),)
unexport SECRET_KEY
endif
ifeq ($(strip $(DEMO)),)
unexport DEMO
endif

.PHONY: help run test check check-audit format data bench screenshots strings python
.DEFAULT_GOAL := help

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

python:
	@command -v $(PYTHON) >/dev/null || { echo "Waymark needs Python 3.11 or newer, and no $(PYTHON) is installed." >&2; \
	  echo "Install one from https://www.python.org/downloads/ and run the same command again." >&2; exit 1; }

run: python ## install, build the database and serve; PORT=8050
	@$(SETUP) run

test: python ## install what tests need, a browser included, and run all of them
	@$(SETUP) test

check: python ## format, lint, types, import rules, dead links, strings without a translation
	@$(SETUP) install-checks
	$(IN)ruff format --check .
	$(IN)ruff check .
	$(IN)mypy
	$(IN)lint-imports
	$(IN)python -m tools.links
	$(IN)python -m tools.strings --check

check-audit: python ## prove that nothing in the log of who looked at whose record was altered
	@$(SETUP) install
	@$(IN)python -m accounts check-audit

format: python ## put the code in form
	@$(SETUP) install-checks
	$(IN)ruff check --fix .
	$(IN)ruff format .

data: python ## load the newest official releases; ONET= OEWS= PROGRAMS= … take them from a path or address
	@$(SETUP) install
	@$(IN)python -m tools.releases \
	  $(if $(ONET),--onet "$(ONET)") $(if $(OEWS),--oews "$(OEWS)") $(if $(AREAS),--areas "$(AREAS)") \
	  $(if $(PROJECTIONS),--projections "$(PROJECTIONS)") \
	  $(if $(STATE_PROJECTIONS),--state-projections "$(STATE_PROJECTIONS)") \
	  $(if $(PRICE_PARITIES),--price-parities "$(PRICE_PARITIES)") \
	  $(if $(PROGRAMS),--programs "$(PROGRAMS)") $(if $(MOVES),--moves "$(MOVES)") \
	  $(foreach one,$(OEWS_BEFORE),--earlier-oews "$(one)")

bench: python ## print the performance and guidance figures, one `name: value` a line
	@$(SETUP) install-checks
	@$(IN)python -m tools.bench

screenshots: python ## take the pictures of README.md anew, of the demo people's pages
	@$(SETUP) install-checks
	@$(IN)python -m tools.screenshots

strings: python ## collect the strings of the code into the catalogues
	@$(SETUP) install-checks
	$(IN)python -m tools.strings
