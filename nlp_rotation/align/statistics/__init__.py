"""Tests of what signals and prices have to do with each other, made to survive clustering and search."""
