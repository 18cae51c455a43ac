# make run, make test, make check: each sets itself up in .venv from the lock file.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# the tests that reach the pure rooms; coverage need not slow down all others
MEASURED := $(addprefix tests/,attesting catalog cli drivers engine model procurement publishing)

.PHONY: run test check prove mutate docs sample publish bench lock clean

run: $(READY)
	$(BIN)/kijun run

test: $(READY)
	$(BIN)/pytest -q -n logical --dist loadfile --cov --cov-report=term:skip-covered $(MEASURED)
	$(BIN)/pytest -q -n logical --dist loadfile $(addprefix --ignore=,$(MEASURED))

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/kijun lint
	$(BIN)/python tools/check_slices.py
	$(BIN)/python tools/write_docs.py --check

prove: $(READY)
	$(BIN)/kijun prove

mutate: $(READY)
	$(BIN)/python tools/mutate_reference.py light_vehicle_tax

docs: $(READY)
	$(BIN)/python tools/write_docs.py

sample: $(READY)
	$(BIN)/python tools/write_sample.py

publish: $(READY)
	$(BIN)/kijun publish --edition 0.1 --out kijun-out/specification/0.1
	$(BIN)/kijun publish --edition 0.2 --out kijun-out/specification/0.2
	$(BIN)/kijun diff 0.1 0.2 --out kijun-out/specification/0.1-0.2 > /dev/null

bench: $(READY)
	$(BIN)/python bench/run.py

lock: $(READY)
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
		--generate-hashes --no-strip-extras --no-emit-index-url --no-header --output-file dependencies.lock

$(READY): dependencies.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r dependencies.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q -j 0 tools/kijun steps
	touch $(READY)

clean:
	rm -rf $(VENV) kijun-out .mypy_cache .ruff_cache .pytest_cache
