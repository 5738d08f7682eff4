"""The questions of a store over HTTP: read-only, for one machine unless a token is set."""
