"""One module for each command; heavy imports stand inside the functions."""
