"""Erasing a person's data."""
