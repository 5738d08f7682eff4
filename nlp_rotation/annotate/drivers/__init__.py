"""Why it moved."""
