"""The interface between the actions and a store, implemented by `storage`.

A unit of work is a plain function of a `Transaction`. The store decides where it runs: on SQLite on the writing thread,
sharing a commit with others; on PostgreSQL on a connection of its own. The store returns its result once the commit is
durable; if the function raises, nothing is kept. The function may run again after a conflict, so it must have no effect
except through the transaction. Repositories are synchronous.
"""
