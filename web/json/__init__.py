"""Figures as JSON (design.md §5), for the API and the command line alike."""
