"""Importing a file: one from /export, another app's export, or a sheet."""
