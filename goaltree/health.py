"""`python -m goaltree.health`: exit status 0 if `goaltree run` has shown a sign of life lately (for containers)."""

from __future__ import annotations

import sys
import time

from goaltree.heartbeat import MAX_AGE, heartbeat_file
from goaltree.settings import load


def main() -> int:
    """0 when the heartbeat is young enough, 1 otherwise, with one line that says why."""
    file = heartbeat_file(load().data_dir)
    try:
        age = time.time() - file.stat().st_mtime
    except FileNotFoundError:
        print("no heartbeat: goaltree run has not started here", file=sys.stderr)
        return 1
    if age > MAX_AGE:
        print(f"the last heartbeat is {age:.0f} seconds old", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
