"""Over which days."""
