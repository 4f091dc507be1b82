"""`python -m desmigratif` is the command `desmigratif`."""

import sys

from desmigratif.config.cli import main

if __name__ == "__main__":
    sys.exit(main())
