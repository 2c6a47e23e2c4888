"""A chat in the browser: the people and chats of the terminal, with the Mini App beside them."""
