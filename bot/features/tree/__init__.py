"""The tree as a picture in letters."""
