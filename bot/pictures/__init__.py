"""Pictures: their values (`model`), as SVG (`drawing`), and as PNG in another process (`painter`, `worker`).

Nothing is imported here: the worker should hold no more than it draws with.
"""
