"""The command that rebuilds the generated tables of securities from installed data packages."""
