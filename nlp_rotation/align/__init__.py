"""Records are held against prices."""
