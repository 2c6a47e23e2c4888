"""What a person meant: pure functions from text to what is wanted."""
