"""Plans: as an outline, as a document, and what makes them sound."""
