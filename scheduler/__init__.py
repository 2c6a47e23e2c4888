"""What happens by itself: due reminders, delivery of the outbox, nightly verification and backups."""
