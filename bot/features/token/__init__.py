"""Personal tokens for the JSON API."""
