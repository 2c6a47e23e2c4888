"""Several people on one tree: rounds, boards, sharing, and who may do what."""
