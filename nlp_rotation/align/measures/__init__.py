"""Measures of rotation: pure functions from frames of closes, looking back from each session only."""
