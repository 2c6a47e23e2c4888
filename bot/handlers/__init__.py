"""What a user can do, a room each: commands, buttons and conversations.

A module may have COMMANDS (name → handler), CALLBACKS (first word of the callback data → handler), STATES (name of a
conversation's state → handler of the next words) and EDITS (command, or "" for plain words → handler of an edit).
"""
