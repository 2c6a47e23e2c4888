"""Secret addresses: one that phones and homes log by, and one that a calendar subscribes to."""
