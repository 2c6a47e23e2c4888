"""The JSON API (design.md §5): each endpoint reads a request, calls one action of `core`, and writes its result."""
