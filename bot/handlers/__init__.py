"""What the bot does with what it is told: a module for each feature, which it declares as its `FEATURE`."""
