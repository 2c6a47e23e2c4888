"""A goal's card, and changing goals: by its buttons and in words."""
