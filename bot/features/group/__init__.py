"""A group: members, buddies, who is away, and the board."""
