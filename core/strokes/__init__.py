"""What a pen drew: canvas drawings, photographs, tracing, and the steps from there to an image."""
