"""Logging: in words or on the day's list, undoing, and editing."""
