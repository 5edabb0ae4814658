# The habits of this repository. `make help` lists them; CONTRIBUTING.md explains them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo test mutants reliability bench build install uninstall dist-binary generate format lint toolchain dependencies libraries

# Sources are compiled optimised everywhere: an unoptimised kernel tests nothing that ships. So are tests, but those that
# compute nothing themselves (Package.swift).
# Testable imports stay off, so that `swift build` and `swift test` share one build.
CHECKS := -c release -Xswiftc -warnings-as-errors --explicit-target-dependency-import-check error
# The interpreter that has the peers of `make bench`, and which rows of the comparison; all of them by default.
PYTHON ?= python3
ROWS ?=
# Where `make install` installs what.
PREFIX ?= /usr/local
DESTDIR ?=
BINARY ?= .build/codex
SWIFT_FILES := Package.swift Sources Tests benchmarks

help: ## Lists the targets.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: build ## Runs the whole pipeline on this machine: template, data, training, evaluation, plan.
	@scripts/demo.sh .build/codex

# What was skipped for want of a tool is counted and named at the end; with DEMAND_ALL=1, as CI has it, that is a failure.
test: dependencies libraries ## Builds with warnings as errors and runs every test; the binary itself last, undisturbed.
	swift build $(CHECKS) --build-tests
	swift test $(CHECKS) --disable-testable-imports --skip-build --skip EndToEndTests 2>&1 | tee .build/tests.log
	swift test $(CHECKS) --disable-testable-imports --skip-build --filter EndToEndTests 2>&1 | tee -a .build/tests.log
	@scripts/report_skipped.sh .build/tests.log

mutants: toolchain libraries ## Changes the gates in hundreds of ways, one at a time: a test must fail for each. About an hour.
	scripts/mutate_gates.sh .build/mutants

reliability: toolchain libraries ## Kills writers of the ledger and of the registry a thousand times each. Some minutes.
	swift build $(CHECKS) --build-tests
	LEDGER_KILLS=1000 REGISTER_KILLS=1000 swift test $(CHECKS) --disable-testable-imports --skip-build --filter 'EndToEndTests.*Kill|LedgerCutTests'

bench: toolchain libraries ## Times codex beside the machine's peak, then beside its peers: ROWS="P1 P5", PYTHON=… (docs/guides/benchmarks.md).
	swift build -c release --product codex-bench
	.build/release/codex-bench train
	.build/release/codex-bench gemm
	$(PYTHON) benchmarks/performance/peers/compare.py --codex-bench .build/release/codex-bench $(ROWS)

# Linking the runtime statically halves the start-up time, but changing it rebuilds everything: hence a scratch path of
# its own.
build: dependencies ## Builds the binary that ships, .build/codex (Swift runtime linked statically).
	swift build -c release --static-swift-stdlib --product codex --scratch-path .build/static
	strip -o .build/codex .build/static/release/codex
	scripts/stamp_build.sh .build/codex

install: ## Installs that binary with completions and licences: PREFIX=/usr/local, DESTDIR= for packagers. Builds it if there is none.
	@[ -x $(BINARY) ] || $(MAKE) build
	@DESTDIR='$(DESTDIR)' scripts/install.sh install $(BINARY) '$(PREFIX)' $(wildcard .build/static/checkouts)

uninstall: ## Removes what `make install` installed: PREFIX=, DESTDIR= as there.
	@DESTDIR='$(DESTDIR)' scripts/install.sh uninstall $(BINARY) '$(PREFIX)'

dist-binary: build ## Packs that binary with licences and completions: .build/dist/codex-<version>-linux-<arch>.tar.gz.
	scripts/dist_binary.sh .build/codex .build/dist .build/static/checkouts

generate: ## Writes configs and templates into the Swift sources that carry them inside the binary.
	scripts/generate_built_in_files.sh

format: ## Formats every Swift file in place.
	swift format --in-place --parallel --recursive $(SWIFT_FILES)

lint: ## Fails where a Swift file departs from .swift-format.
	swift format lint --strict --parallel --recursive $(SWIFT_FILES)

toolchain:
	@scripts/check_toolchain.sh

dependencies: toolchain
	@scripts/check_dependencies.sh

libraries:
	@scripts/install_libraries.sh
