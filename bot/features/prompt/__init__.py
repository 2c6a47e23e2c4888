"""The check-in prompt of a private chat."""
