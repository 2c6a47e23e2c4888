"""The onboarding: a welcome, and the time zone."""
