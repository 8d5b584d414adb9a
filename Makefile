# Everything a newcomer types. Each target sets up what it needs by itself.

PYTHON := $(shell for p in python3.13 python3.12 python3.11 python3; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
ifeq ($(PYTHON),)
$(error Python 3.11 or newer is needed and was not found. On Debian 12 or 13 type: apt-get install python3)
endif
RUN := @$(PYTHON) -m setup
export PYTHONDONTWRITEBYTECODE := 1

help: ## this list
	@sed -n 's/^\([a-z][a-zA-Z-]*\):.*## \(.*\)/  make \1@\2/p' $(MAKEFILE_LIST) | sed 's/bench-NAME/bench-year/' | while IFS=@ read -r a b; do printf '%-22s %s\n' "$$a" "$$b"; done

setup: ## Python packages and browser assets, without starting anything
	$(RUN).prepare

demo: ## set up, play a made-up year and serve it (PORT=8000)
	$(RUN).demo

demo-reset: ## the same, after throwing the demo's data away
	$(RUN).demo --reset

test: ## every test but the slow proofs: units, database, pages, browser
	$(RUN).tests $(ARGS)

check: ## format, lint, types, import contracts, templates, migrations, deployment
	$(RUN).check

proof: ## the slow proofs: faults, real elections, load
	$(RUN).tests --proof $(ARGS)

journey: ## a browser walks one journey: make journey NAME=year (assembly, decide)
	$(RUN).tests --journey "$(NAME)" $(ARGS)

screens: ## every page of the demo, in two widths and all themes, into var/screens
	$(RUN).screens $(ARGS)

docs: ## draw the state diagrams anew and check what the documents say
	$(RUN).docs

bench-%: ## measure: make bench-year
	$(RUN).bench "$*"

run: ## one command with the demo's database: make run COMMAND="manage.py shell"
	$(RUN).database $(COMMAND)

backup: ## database, files and keys in one archive: make backup FILE=maeul.tar
	$(RUN).backup backup "$(FILE)"

restore: ## that archive into a new, empty folder of the project: make restore FILE=maeul.tar
	$(RUN).backup restore "$(FILE)"

lock: ## lock the newest versions that pyproject.toml and package.json allow
	$(RUN).lock

.PHONY: help setup demo demo-reset test check proof journey screens docs run backup restore lock
