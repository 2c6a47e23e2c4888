"""The Mini App: a folder of files for the browser, and what serves it."""
