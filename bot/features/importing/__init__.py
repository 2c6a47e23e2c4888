"""Bringing in a file: what /export made, another app's export, or a sheet."""
