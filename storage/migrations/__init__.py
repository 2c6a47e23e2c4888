"""The history of the tables. A new migration: see CONTRIBUTING."""
