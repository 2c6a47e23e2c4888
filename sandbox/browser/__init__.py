"""A chat in the browser: the same people and chats as in the terminal, with the Mini App beside them."""
