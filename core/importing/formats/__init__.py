"""One module for each format: how it is recognised by its content, and what it says."""
