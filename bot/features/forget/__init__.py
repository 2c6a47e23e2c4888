"""Forgetting everything."""
