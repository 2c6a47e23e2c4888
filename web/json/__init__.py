"""Figures as the seed's JSON (DESIGN.md §5), for the API and the command line alike."""
