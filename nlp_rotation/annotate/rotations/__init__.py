"""From where to where."""
