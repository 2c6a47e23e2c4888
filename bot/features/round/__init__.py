"""The round of a group."""
