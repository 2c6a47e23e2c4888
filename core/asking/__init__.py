"""When people are asked, about what, and how each message is delivered once."""
