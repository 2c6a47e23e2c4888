"""The tests, and the processes that they start, keep the bytecode of what they import wherever they run: without it
each worker rewrites all tests anew, and each process compiles the whole product, which takes longer than to test it."""

import os
import sys

sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
