"""The words that people read and write, for every front: sentences, refusals, and the words that the parsers know."""
