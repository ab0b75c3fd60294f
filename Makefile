# make demo   sets everything up, builds, and opens the worked example
# make test   runs the tests
# make check  format, vet, staticcheck, generated files, tests with -race, 500 pairs of histories
# make noninterference  10,000 pairs of histories; PAIRS=n for another number
# make leaks  plants leaks and holds the tests to finding them
# make timing measures whether time tells what is hidden; on a quiet machine
# make bench  the benchmarks, beside their peers where those are installed
# make settlement  10,000 small problems against brute force, every frontier to its size; PROBLEMS=n
# make load   thousands of open pages beside a bare server, and an attack on the server
# make oracles  200 pairs of texts as tracked changes and 100 return trips, asked of LibreOffice and pandoc
# make truth SCENARIOS=dir  what others know of published scenarios, against ours
# make e2e    real pages in Debian's chromium

GO          ?= go
TEMPL        = $(GO) run github.com/a-h/templ/cmd/templ@v0.3.960
STATICCHECK  = $(GO) run honnef.co/go/tools/cmd/staticcheck@v0.8.2
ASSETS       = $(shell find web/assets web/bundle page -type f \( -name '*.css' -o -name '*.js' -o -name '*.ts' -o -path 'web/bundle/*' \) 2>/dev/null)

.PHONY: demo run build assets generate test check noninterference leaks timing bench settlement load e2e oracles truth fuzz clean

demo: build
	./bin/paraph demo

run: demo

build: assets
	CGO_ENABLED=0 $(GO) build -trimpath -buildvcs=auto -o bin/paraph ./cmd/paraph

assets: web/dist/.built

node_modules/.installed: package.json package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

web/dist/.built: node_modules/.installed $(ASSETS)
	$(GO) run ./web/bundle
	@touch $@

generate:
	$(TEMPL) generate

test: assets
	$(GO) test ./...

check: assets
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); if [ -n "$$unformatted" ]; then echo "not formatted (gofmt -w):"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(STATICCHECK) ./...
	$(TEMPL) generate
	@git diff --exit-code -- '*_templ.go' || { echo "generated pages are stale: run make generate and commit"; exit 1; }
	$(GO) test -race -timeout 25m -skip '^TestNoninterference$$' ./...
	$(GO) test ./docx -run '^TestHostileDocuments$$'
	$(GO) test ./web -race -run '^TestNoninterference$$' -rapid.checks=10
	$(call pairs,500)

# Pairs of histories that differ in what a viewer may not see, in two shards
# beside each other. With -race, which makes it ten times slower, a few are enough.
pairs = $(GO) test ./web -timeout 0 -run '^TestNoninterference$$' -rapid.checks=$$(($(1)/2)) -v

PAIRS ?= 10000
noninterference: assets
	$(call pairs,$(PAIRS))

# Leaks planted one at a time, each to be found; LEAKS=regexp plants some alone.
LEAKS ?= .
leaks: assets
	$(GO) run ./leaks -run '$(LEAKS)'

# What is hidden against what is absent, by the time that it takes. On a quiet machine.
timing: assets
	$(GO) test ./web -tags timing -timeout 0 -count 1 -run '^TestTiming$$' -v

bench: assets
	$(GO) test -run '^$$' -bench . -benchmem ./...

# A fifth of the problems of each kind: additive, with rules, fine numbers, terms, terms and rules.
PROBLEMS ?= 10000
settlement:
	$(GO) test ./settle -timeout 0 -run '^(TestSettleAgainstBruteForce|TestCoveringIsTrue)$$' -rapid.checks=$$(($(PROBLEMS)/5))
	$(GO) test ./settle -timeout 0 -run '^$$' -bench '^BenchmarkFrontier$$' -benchtime 1x

load: assets
	$(GO) run ./load
	$(GO) run ./load attack

# Other programs' readings of what is written here, and what comes back from them;
# ORACLE_PAIRS=n and SESSIONS=n for other numbers.
ORACLE_PAIRS ?= 200
SESSIONS ?= 100
oracles:
	PARAPH_ORACLE_PAIRS=$(ORACLE_PAIRS) PARAPH_SESSIONS=$(SESSIONS) $(GO) test ./docx -timeout 0 -count 1 -run 'RandomPairs$$|LibreOffice$$|Paris' -v

e2e: build
	@command -v chromium >/dev/null || { echo "e2e needs Debian's chromium: apt-get install chromium"; exit 1; }
	node --test --test-concurrency=1 --test-reporter=spec e2e/

# Each fuzz target for FUZZTIME, one after the other. To make a find smaller is bounded:
# by default it may take all of that time.
FUZZTIME ?= 60s
fuzz:
	@for pkg in $$($(GO) list ./...); do \
	  for f in $$($(GO) test -list '^Fuzz' $$pkg 2>/dev/null | grep '^Fuzz'); do \
	    $(GO) test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$pkg || exit 1; \
	  done; \
	done

clean:
	rm -rf bin node_modules web/dist/* e2e/out
