"""Every product module has a test of its name, or a line in tests/README.md names the tests that prove it."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("core", "language", "storage", "bot", "scheduler", "sandbox", "web", "goaltree")
PAGE = (ROOT / "tests" / "README.md").read_text(encoding="utf-8")
LINES = re.findall(r"^- (`.*?`): (.*)$", PAGE, re.MULTILINE)
"""Modules that are proved elsewhere, and where."""
PLACES = [place for places, _ in LINES for place in re.findall(r"`(\S+)`", places)]


def product_modules() -> list[str]:
    """The paths of all modules with code of their own, without packages' `__init__` and migrations, which have
    tests."""
    paths = [path.relative_to(ROOT) for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    return sorted(str(path) for path in paths if not path.stem.startswith("__") and "migrations" not in path.parts)


def has_namesake(module: str) -> bool:
    """Whether there is a test named after the module or after a package that it is in, beside or among the package's
    tests."""
    path = Path(module)
    packages = path.parents[:-2]  # not a whole top-level package
    beside = [one.parent / f"test_{one.stem}.py" for one in (path, *packages)]
    among = [one / f"test_{one.name}.py" for one in packages]
    return any((ROOT / "tests" / test).exists() for test in (*beside, *among))


def is_listed(module: str) -> bool:
    """Whether a line names the module or its own folder; a line about a folder does not cover its subfolders."""
    return module in PLACES or f"{Path(module).parent}/" in PLACES


def test_every_module_has_a_test_of_its_name_or_a_line_that_says_where_it_is_proved() -> None:
    assert [module for module in product_modules() if not has_namesake(module) and not is_listed(module)] == []


def test_every_line_is_about_something_that_is_there_and_needs_it() -> None:
    without = {module for module in product_modules() if not has_namesake(module)}
    needed = without | {f"{Path(module).parent}/" for module in without}
    assert [place for place in PLACES if place not in needed] == []


def test_the_tests_that_a_line_names_are_there() -> None:
    for places, proofs in LINES:
        tests = re.findall(r"`(tests/\S+)`", proofs)
        assert tests, places
        assert [test for test in tests if not list(ROOT.glob(test))] == []
