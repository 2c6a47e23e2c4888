"""Numbers as people write them."""

from __future__ import annotations

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidValue
from core.values import exact, parse_number, plain_text
from language.i18n import words
from language.refusals import refusal


@pytest.mark.parametrize(
    ("written", "with_point", "with_comma"),
    [
        ("5", "5", "5"),
        (" 5.5 ", "5.5", "5.5"),
        ("5,5", "5.5", "5.5"),
        ("1,000", "1000", "1"),
        ("1.000", "1", "1000"),
        ("0,125", "0.125", "0.125"),
        ("0.125", "0.125", "0.125"),
        ("1,234.5", "1234.5", "1234.5"),
        ("1.234,5", "1234.5", "1234.5"),
        ("1,234,567", "1234567", "1234567"),
        ("1.234.567", "1234567", "1234567"),
        ("1 000", "1000", "1000"),
        ("1\u202f000,5", "1000.5", "1000.5"),
        ("1'000", "1000", "1000"),
        ("\u22123", "-3", "-3"),
        ("+3", "3", "3"),
        ("٣٫٥", "3.5", "3.5"),
        ("１２", "12", "12"),
        ("1e3", "1000", "1000"),
        (".5", "0.5", "0.5"),
        ("1,23,456", None, None),
        ("1 00", None, None),
    ],
)
def test_a_number_is_read_as_its_writer_means_it(written: str, with_point: str | None, with_comma: str | None) -> None:
    for decimal_comma, expected in ((False, with_point), (True, with_comma)):
        if expected is None:
            with pytest.raises(InvalidValue):
                parse_number(written, decimal_comma=decimal_comma)
        else:
            assert parse_number(written, decimal_comma=decimal_comma) == Decimal(expected)


@pytest.mark.parametrize(
    "given",
    ["", "  ", "many", "nan", "inf", "-Infinity", "1e400", "1e-400", "1" + "0" * 10, "1000000000.1", "0.0000001",
     "5 km", "--5", "5²", "½", "0x10", "1_000", "1e999999999999999999999", "9" * 5000, True, None, 10**5000,
     float("nan"), float("inf"), 1e300, Decimal("NaN"), Decimal("sNaN"), Decimal("1E+1000000"), Decimal("1E-7")],
    ids=lambda given: repr(given)[:12] if not isinstance(given, int) else "integer",
)  # fmt: skip
def test_a_value_that_is_no_number_or_cannot_be_stored_is_refused(given: str | int | float | Decimal | None) -> None:
    with pytest.raises(InvalidValue) as refused:
        parse_number(given)
    assert refusal(refused.value, words("en")).endswith(".")


@pytest.mark.parametrize(
    "text",
    ["9" * 10**6, "x" * 10**6, " " * 10**6, "1," * 500_000, "1 000" * 200_000, "0." + "0" * 10**6],
    ids=lambda text: text[:4],
)
def test_a_hostile_text_costs_nothing(text: str) -> None:
    with pytest.raises(InvalidValue):
        parse_number(text)


@given(st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=6))
def test_a_written_number_reads_back_the_same(value: Decimal) -> None:
    text = plain_text(value)
    assert parse_number(text) == value == exact(value)
    assert "E" not in text
    assert not ("." in text and text.endswith("0"))


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    with contextlib.suppress(InvalidValue):
        assert parse_number(text).is_finite()


@given(st.floats())
def test_any_float_is_exact_or_refused(value: float) -> None:
    with contextlib.suppress(InvalidValue):
        assert float(parse_number(value)) == value
