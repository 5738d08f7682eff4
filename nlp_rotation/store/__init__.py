"""Records are kept and asked."""
