"""Source keys name the person who acts; keys without a name are still recognised."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from core.goals.model import Entry
from core.sources import former_key, is_from, message_prefix, source_key

ENTRY = Entry(1, 2, date(2026, 11, 23), Decimal(5), False, None, 7, "-1001:5:7:0", datetime(2026, 11, 23, tzinfo=UTC))


def test_a_key_holds_the_chat_the_message_the_author_and_the_action() -> None:
    assert source_key(-1001, 5, 7, "0") == "-1001:5:7:0"
    assert source_key(-1001, 5, 8, "0") == "-1001:5:8:0"
    assert source_key(7, 5, 7, "log:t:1a:20261123:9") == "7:5:7:log:t:1a:20261123:9"
    assert source_key(-1001, 5, None, "0") == "-1001:5:0:0"
    assert source_key(-1001, 5, 7, "0").startswith(message_prefix(-1001, 5))


def test_a_former_key_is_the_same_without_the_author() -> None:
    assert former_key("-1001:5:7:0") == "-1001:5:0"
    assert former_key("7:5:7:1:e1764:99") == "7:5:1:e1764:99"
    assert former_key("away:1:2") == "away:1:2"


def test_an_entry_is_known_by_its_former_key_to_its_author_alone() -> None:
    former = replace(ENTRY, source_key="-1001:5:0")
    assert is_from(ENTRY, "-1001:5:7:0", 7)
    assert is_from(former, "-1001:5:7:0", 7)
    assert not is_from(former, "-1001:5:8:0", 8)
    assert not is_from(ENTRY, "-1001:5:8:0", 8)
