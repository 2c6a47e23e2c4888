"""The use cases: each loads, computes and saves through `core.ports`, in one unit of work."""
