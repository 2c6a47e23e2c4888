"""The picture of a digest: what is drawn (`model`), as SVG (`sheet`), as PNG in another process (`painter`, `worker`).

Nothing is imported here: the worker should hold no more than it draws with.
"""
