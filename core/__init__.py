"""What the product means: goals, periods, roll-up, pace, streaks and the use cases, free of frameworks and of I/O."""
