"""In which mood."""
