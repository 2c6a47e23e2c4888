"""One line: its title, and the parts behind it."""

from __future__ import annotations

from tests.core.planning.outline.outlines import node, printed
from tests.core.plans import as_meant


def test_parts_behind_the_title_may_stand_in_any_order() -> None:
    assert as_meant(node("D: Run x2 (until 2026-12-01) [mon] = 5 km last")) == as_meant(
        node("D: Run = 5 km last [mon] x2 (until 2026-12-01)")
    )


def test_quotes_keep_a_title_that_looks_like_more() -> None:
    assert node('D: "Read [draft] = \\"x2\\"" x3').title == 'Read [draft] = "x2"'
    assert printed('V (on 2026-11-23)\n  D: "Run"\n  D: "Play x2"') == 'V (on 2026-11-23)\n  D: Run\n  D: "Play x2"'
