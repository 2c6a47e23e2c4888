"""Side-by-side measurements of the figures that the design promises to hold."""
