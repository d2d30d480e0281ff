# The daily work; everything that a newcomer needs is ./robust demo and ./robust test.
PYTHON = PYTHONPATH=src:. .venv/bin/python

.PHONY: run fmt lint test test-engines journeys messages docs check bench wheel-check

run:            ## start the demo hospital
	./robust demo

fmt:            ## put every file in the house's form
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	.venv/bin/djade --target-version 5.2 $$(find src -path '*/templates/*.html')

lint:           ## everything that is seen without running it
	./robust test lint

test:           ## all tests, or those that k=… names
	./robust test $(if $(k),k=$(k),tests)

test-engines:   ## the engines alone
	./robust test tests/engines

journeys:       ## the ways through a browser
	./robust test tests/journeys

messages:       ## put new sentences into the Danish catalogue, and compile it
	$(PYTHON) -m tests.architecture.catalogue

docs:           ## run the examples in the documentation
	./robust test docs --doctest-glob='*.md'

check:          ## what continuous integration runs
	./robust test

bench:          ## every claim of speed and quality
	for script in benchmarks/*.py; do $(PYTHON) $$script || exit 1; done

wheel-check:    ## build the package and try it in an empty environment
	./robust wheel --check
