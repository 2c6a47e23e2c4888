"""The interface between the actions and a store. `storage` implements it; the core knows nothing else about it.

A unit of work is a plain function of a `Transaction`: the store decides where it runs (SQLite: on the one writing
connection's thread, together with others that wait, in one commit; PostgreSQL: on a connection of its own). It returns
when the commit is durable; when the function raises, nothing of it is kept. The function may run again after a
conflict, so it must have no effect except through the transaction. Its repositories are synchronous.
"""
