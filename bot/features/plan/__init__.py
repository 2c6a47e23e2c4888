"""Planting goals: as an outline, or guided by questions."""
