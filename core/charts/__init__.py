"""Arrays in, Plotly charts and small pictures out: nothing here measures or knows a page."""
