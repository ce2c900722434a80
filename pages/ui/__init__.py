"""Everything that knows Streamlit, in rooms: state, widgets, words, and one for each page."""
