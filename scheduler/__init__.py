"""Scheduled work: due reminders, delivery of the outbox, nightly verification and backups."""
