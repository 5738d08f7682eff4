"""Raw documents become articles."""
