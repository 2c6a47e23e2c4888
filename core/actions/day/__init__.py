"""The contents of a day's messages as values: the day, the prompt, the round, a member's own tasks in a group, and the
board. Each is read on one snapshot; views only turn them into text and buttons."""
