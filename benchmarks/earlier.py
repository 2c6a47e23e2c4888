"""The code of an earlier release, beside this one."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path

FIRST_RELEASE = "76a3c04"
"""The last commit in which goals had constant terms."""


def code_of(commit: str, folder: Path) -> Path:
    """A new folder with all files of a commit, which run with the libraries installed for this one."""
    here = Path(__file__).parent
    try:
        archive = subprocess.run(
            ["git", "-C", str(here.parent), "archive", "--format=tar", commit], capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise RuntimeError(f"{commit} is measured beside this: that needs git, and the whole history") from error
    root = folder / f"goaltree-{commit}"
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        files.extractall(root, filter="data")
    return root
