"""Exporting everything."""
