"""What several pages show: canvas, answers, walls of digits, live charts, pickers, progress."""
