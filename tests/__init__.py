"""The tests and the processes that they start keep bytecode wherever they run. Without it each worker would rewrite all
tests, and each process compile the whole product, which takes longer than testing it."""

import os
import sys

sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
