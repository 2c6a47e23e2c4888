"""One migration a file, named after what it does."""
