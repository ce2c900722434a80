"""Arrays in, Plotly charts and small pictures out. Nothing here measures or knows a page."""
