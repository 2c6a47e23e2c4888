"""Pictures on demand: a goal's line and year, and a group's week."""
