"""`python -m goaltree` is the command line."""

import sys

from goaltree.cli import main

if __name__ == "__main__":
    sys.exit(main())
