"""What people read and what they write, for every front: sentences, refusals, and the words that the parsers know."""
