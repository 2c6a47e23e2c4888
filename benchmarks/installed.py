"""goaltree as installed for use: with the libraries of `requirements.lock`, without those of development.

The latter cost memory where they are present: httpx, for example, loads rich for its own command line, which loads
pygments.
"""

from __future__ import annotations

import re
import sysconfig
from importlib.metadata import distribution
from pathlib import Path
from venv import EnvBuilder

_ROOT = Path(__file__).parent.parent


def installed(folder: Path) -> Path:
    """The interpreter of a new virtual environment in a folder. Its libraries are links to those installed here."""
    EnvBuilder(symlinks=True).create(folder)
    base = {"base": str(folder)}
    packages = Path(sysconfig.get_path("purelib", "venv", base))
    locked = re.findall(r"^([\w.-]+)==", (_ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    for name in (*locked, "goaltree"):
        library = distribution(name)
        tops = {file.parts[0] for file in library.files or () if file.parts[0] not in ("..", "__pycache__")}
        for top in tops:
            (packages / top).symlink_to(Path(str(library.locate_file(top))))
    for editable in packages.glob("__editable__*"):
        editable.unlink()
    (packages / "goaltree.pth").write_text(f"{_ROOT}\n", encoding="utf-8")
    return Path(sysconfig.get_path("scripts", "venv", base)) / "python"
