# Kapture. `make help` lists the targets.
SHELL := /bin/bash
FLAGS := --explicit-target-dependency-import-check error
DEMO_DATA ?= .build/demo-data
DATA ?= data
PORT ?= 8080
VENV := .build/venv
BIN = .build/release/kapture

.DEFAULT_GOAL := help
.PHONY: help demo run test prove bench format packages test-packages bench-packages release

help: ## lists the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: release ## builds, loads recorded posts, serves them on http://127.0.0.1:8080
	@rm -rf $(DEMO_DATA)
	@$(BIN) demo --data $(DEMO_DATA) --port $(PORT)

run: release ## serves the data folder (DATA=data)
	@$(BIN) serve --data $(DATA) --port $(PORT)

test: packages test-packages ## builds debug once and runs everything that must hold (about 20 minutes on two cores)
	@Scripts/test.sh

prove: release test-packages bench-packages ## the long proofs, in release, by hand (about an hour)
	@Scripts/prove.sh

bench: release bench-packages ## the benchmarks, with ratios to the floors where those programs are there
	@Scripts/bench.sh

format: ## formats the sources
	@swift format --in-place --recursive Sources Tests Package.swift

release: packages
	@echo "Building release: about 9 minutes the first time, then one."
	@swift build -c release --product kapture --static-swift-stdlib $(FLAGS)

packages:
	@Scripts/packages.sh build

test-packages: packages
	@Scripts/packages.sh test

bench-packages: packages
	@Scripts/packages.sh bench
