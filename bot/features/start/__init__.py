"""The beginning: hello, and where somebody is."""
