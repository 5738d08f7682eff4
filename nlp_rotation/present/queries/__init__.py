"""Questions to a store, the same for Python, the command line, HTTP and MCP."""
