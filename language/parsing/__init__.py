"""Parsers: pure functions from a person's text to its meaning."""
