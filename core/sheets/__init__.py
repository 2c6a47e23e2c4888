"""Sheets as CSV, for spreadsheets: a row for each entry, or for each goal in each period."""

from __future__ import annotations

from core.sheets.entries import entries_sheet
from core.sheets.periods import periods_sheet

__all__ = ["entries_sheet", "periods_sheet"]
