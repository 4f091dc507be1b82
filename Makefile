# Only names; the work is in dev.py, so that Windows works too.
.PHONY: run tools test check sabotage bench
export PORT DATA JOB

run:
	@python3 dev.py run
tools:
	@python3 dev.py tools
test:
	@python3 dev.py test
check:
	@python3 dev.py check
sabotage:
	@python3 dev.py sabotage
bench:
	@python3 dev.py bench
