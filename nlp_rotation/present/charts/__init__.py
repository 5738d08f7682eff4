"""Charts of prices with what was said about them: one model, many renderings."""
