"""The exhibit: one thing at a time for one passer-by after the other, in place of the pages."""
