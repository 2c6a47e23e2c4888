"""The report on a week, a month or a quarter: what rolled up where, and what is needed from here."""
