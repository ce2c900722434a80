"""The engine: it knows no page and would serve a notebook as well."""
