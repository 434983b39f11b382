"""Dutch and English texts; imports nothing of the model."""
