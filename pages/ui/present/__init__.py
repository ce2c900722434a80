"""The presenter: a bar under every page that goes through a demo, and the speaker's notes."""
