"""One repository a file: each implements one protocol of `core.ports`, for SQLite and PostgreSQL alike."""
