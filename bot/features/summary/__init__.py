"""How things stand, and the streaks."""
