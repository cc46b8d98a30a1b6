# For developers; users need none of it (see README.md).
UV ?= python3 -m uv
FULL = $(UV) run --group full

.PHONY: prove-batch prove-desk prove-report prove-export prove-watch prove-ledger test lint format types layers licences floors golden lock upgrade check world prove-swap

test:
	$(UV) run pytest

lint:
	$(FULL) ruff check .
	$(FULL) ruff format --check .

format:
	$(FULL) ruff check --fix .
	$(FULL) ruff format .

types:
	$(FULL) --group build mypy

layers:
	$(FULL) lint-imports

licences:
	$(FULL) python tools/licences.py

floors:
	$(FULL) python tools/floors.py
	$(FULL) python tools/links.py
	$(FULL) python tools/cases.py

golden:  # rewrites the golden files; read the diff before you commit it
	TRUCEWATCH_GOLDEN=write $(UV) run pytest tests/test_report_golden.py

lock:
	$(UV) run --with uv python tools/lock.py

upgrade:
	$(UV) run --with uv python tools/lock.py --upgrade

check: test lint types layers licences floors

world:
	$(UV) run --group build python tools/build_world.py

prove-swap:  # some twenty minutes; what is done is kept, so it may be stopped
	$(UV) run python tools/swap.py
	$(UV) run python tools/swap.py --rules

prove-export:  # five minutes
	$(UV) run --extra analytics python -m tools.prove_export --claims 100000

prove-report:  # a few minutes, most of them to link the claims
	$(UV) run --extra pdf python -m tools.prove_report --claims 10000

prove-watch:  # ten minutes; the kills go on where they were broken off
	$(UV) run python -m tools.prove_watch cycles --feeds 1000 --cycles 10
	$(UV) run python -m tools.prove_watch kills --feeds 40 --times 10

prove-ledger:  # kills in the middle of a load, and a million claims, on both databases: an hour or two; goes on where it was broken off
	$(UV) run python -m tools.prove_ledger kills --times 20
	$(UV) run python -m tools.prove_ledger scale --claims 1000000

prove-desk:  # kills of the server and of the database in the middle of decisions, and how long a key takes: a quarter of an hour
	$(UV) run --extra web python -m tools.prove_desk kills --times 10
	$(UV) run --extra web python -m tools.prove_desk keys --claims 2000

prove-batch:  # an hour; wants a machine on which nothing else runs, the two workers most of all; goes on where it was broken off
	$(FULL) python -m tools.prove_batch two ../shared/data
	$(FULL) python -m tools.prove_batch speed ../shared/data
	$(FULL) python -m tools.prove_batch gate ../shared
	$(FULL) python -m tools.prove_batch kills ../shared/data

prove-serve:  # fifty users at once while articles are written: two minutes
	$(UV) run --extra web python -m tools.prove_serve --seconds 60 --users 50
