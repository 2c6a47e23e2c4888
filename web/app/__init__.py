"""The Mini App: static files for the browser, and the code that serves them."""
