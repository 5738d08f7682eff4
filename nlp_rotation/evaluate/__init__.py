"""Records are scored against gold."""
