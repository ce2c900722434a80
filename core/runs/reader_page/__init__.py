"""A network in one file: a page that reads digits anywhere, without this app and offline."""
