"""Digests, and closing a quarter."""
