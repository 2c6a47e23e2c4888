"""Sheets as CSV, for spreadsheets: what was logged, a row for each entry."""

from __future__ import annotations

from core.sheets.entries import entries_sheet

__all__ = ["entries_sheet"]
