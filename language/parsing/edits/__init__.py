"""How goals are changed in words: which goal is meant, and what is to become of it."""
