"""The buttons of each feature and the questions that it remembers."""
