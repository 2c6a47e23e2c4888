"""Secret addresses: one for logging from phones and smart homes, and one for subscribing from a calendar."""
