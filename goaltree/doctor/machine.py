"""The doctor's checks of the machine: settings, data directory, disk, and time zone rules."""

from __future__ import annotations

import os
import re
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values

from goaltree.doctor.findings import Finding, fail, ok, warn
from goaltree.settings import Settings
from storage import file_of

MEGABYTE = 1_000_000
LEAST_FREE = 100 * MEGABYTE
"""Bytes below which a database may be unable to write its next commit."""
ENOUGH_FREE = 1000 * MEGABYTE

_TOKEN = re.compile(r"\d+:[\w-]+")
_ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia")


def of_settings(settings: Settings) -> list[Finding]:
    """Whether every variable is known and the token is well-formed."""
    unknown = _unknown_variables()
    if unknown:
        says = f"there is no setting {', '.join(unknown)}"
        findings = [warn("settings", says, "Look for a slip of the pen; goaltree ignores it.")]
    else:
        findings = [ok("settings", "every one can be")]
    if settings.bot_token is not None and not _TOKEN.fullmatch(settings.bot_token.get_secret_value()):
        says = "GOALTREE_BOT_TOKEN is not of the form 123:abc"
        findings.append(fail("token", says, "Copy it whole from BotFather (/mybots)."))
    file = Path(".env")
    if sys.platform != "win32" and file.exists() and file.stat().st_mode & 0o004:
        findings.append(
            warn("settings", "everyone on this machine can read .env, and in it the token", "chmod 600 .env")
        )
    return findings


def _unknown_variables() -> list[str]:
    known = {f"GOALTREE_{name}".upper() for name in Settings.model_fields}
    given = {name.upper() for name in (*os.environ, *dotenv_values(".env"))}
    return sorted(name for name in given - known if name.startswith("GOALTREE_"))


def of_data_dir(settings: Settings) -> list[Finding]:
    """Whether the data directory and the files in it can be written."""
    folder = settings.data_dir
    if not folder.exists():
        above = next(parent for parent in folder.absolute().parents if parent.exists())
        if os.access(above, os.W_OK | os.X_OK):
            return [ok("data directory", f"{folder} is not there yet: goaltree makes it")]
        do = f"Make it, and give it to this user: install -d -o {_user()} {folder}"
        return [fail("data directory", f"{folder} is not there and cannot be made", do)]
    if not folder.is_dir():
        return [fail("data directory", f"{folder} is a file", "Name a folder with GOALTREE_DATA_DIR.")]
    closed = [path for path in (folder, *folder.iterdir()) if not os.access(path, os.R_OK | os.W_OK)]
    if closed:
        names = ", ".join(str(path) for path in closed[:3])
        do = f"They were made by another user: chown -R {_user()} {folder}"
        return [fail("data directory", f"cannot be written to: {names}", do)]
    return [ok("data directory", f"{folder} can be written to")]


def of_disk(settings: Settings) -> list[Finding]:
    """Whether there is room for the database to grow and to be copied."""
    file = file_of(settings.url)
    size = file.stat().st_size if file is not None and file.exists() else 0
    folder = (file.parent if file is not None else settings.data_dir).absolute()
    there = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(there).free
    says = f"{free // MEGABYTE:,} MB free in {there}, the database has {size // MEGABYTE:,} MB"
    do = "Free some, or keep fewer backups (GOALTREE_BACKUPS)."
    if free < LEAST_FREE + size:
        return [fail("disk", says, do)]
    return [warn("disk", says, do) if free < ENOUGH_FREE + 3 * size else ok("disk", says)]


def of_zones() -> list[Finding]:
    """Whether there are time zone rules, and the newest on this machine are used."""
    missing = [name for name in _ZONES if not _loads(name)]
    try:
        package = version("tzdata")
    except PackageNotFoundError:
        package = ""
    if missing or not package:
        says = f"no rules for {', '.join(missing)}" if missing else "the package tzdata is missing"
        return [fail("time zones", says, "Install what requirements.lock names: pip install -r requirements.lock")]
    system, own = _system_rules(), _name_of(package)
    if system is not None and system < own:
        says = f"the system's rules ({system}) are used, and are older than those that goaltree brought ({own})"
        return [warn("time zones", says, "Update the system's package tzdata, or set PYTHONTZPATH= to nothing.")]
    return [ok("time zones", f"the rules of {system or own}")]


def _loads(name: str) -> bool:
    try:
        ZoneInfo.no_cache(name)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return False
    return True


def _name_of(package: str) -> str:
    """The release of the rules in a version of the package: 2026b in 2026.2."""
    year, number = package.split(".")[:2]
    return f"{year}{chr(ord('a') + int(number) - 1)}"


def _system_rules() -> str | None:
    """The release of the system's rules, if it has any and names it."""
    for folder in TZPATH:
        try:
            with (Path(folder) / "tzdata.zi").open(encoding="utf-8") as file:
                first = file.readline()
        except OSError:
            continue
        said = re.fullmatch(r"# version (\d{4}[a-z])\S*\n", first)
        return said[1] if said else None
    return None


def _user() -> str:
    return str(os.getuid()) if sys.platform != "win32" else "goaltree"
