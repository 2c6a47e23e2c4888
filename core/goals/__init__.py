"""Goals as a tree: what is asked when, and how far it has got."""
