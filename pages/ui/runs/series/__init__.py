"""What Runs offers beyond looking back: repeat a network, sweep a setting, race two."""
