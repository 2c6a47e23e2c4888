"""Caps set by environment variables."""

from __future__ import annotations

from dataclasses import fields

import pytest

from bot.telegram.throttle import Allowance
from core.caps import Caps
from goaltree.settings import BadSetting, load


def test_caps_and_the_allowance_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (load().caps, load().allowance) == (Caps(), Allowance())
    for number, cap in enumerate(fields(Caps), start=10):
        monkeypatch.setenv(f"GOALTREE_MAX_{cap.name.upper()}", f"{number if cap.name == 'depth' else number * 100}")
    monkeypatch.setenv("GOALTREE_MAX_AT_ONCE", "20")
    monkeypatch.setenv("GOALTREE_MAX_A_MINUTE", "30")
    caps = load().caps
    assert caps.depth == 13
    assert [getattr(caps, cap.name) for cap in fields(Caps) if cap.name != "depth"] == [
        number * 100 for number in (*range(10, 13), *range(14, 21))
    ]
    assert load().allowance == Allowance(20, 30)
    monkeypatch.setenv("GOALTREE_MAX_DEPTH", "31")
    with pytest.raises(BadSetting, match=r"GOALTREE_MAX_DEPTH: .*less than or equal to 30"):
        load()
