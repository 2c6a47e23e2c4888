"""What a handler shows: pure functions from data to text and buttons. All wording lives here."""
