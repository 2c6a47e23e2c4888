"""The meaning of the product: goals, periods, roll-up, pace, streaks and the use cases, free of frameworks and of
I/O."""
