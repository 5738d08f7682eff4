"""What the text names."""
