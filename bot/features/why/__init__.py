"""/why: what holds a goal down, and what would lift it most."""
