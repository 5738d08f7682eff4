"""By how much it moved."""
