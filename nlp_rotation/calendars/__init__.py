"""When exchanges trade: which one a subject follows, and its sessions, from tables of facts."""
