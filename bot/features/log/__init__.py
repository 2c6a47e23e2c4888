"""Logging: by words, by the list of the day, undone, edited."""
