"""When somebody is asked, for what, and how a message is delivered once."""
