"""The contents of a day's messages as values: the day, the prompt, the round, one's own part of a group, and the board.
Each is read on one snapshot; views only turn them into text and buttons."""
