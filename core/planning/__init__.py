"""Plans: as an outline, as a document, and the rules that make them sound."""
