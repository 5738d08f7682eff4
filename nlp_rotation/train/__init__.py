"""Fitting of the weights that ship: run by hand, never by the program."""
