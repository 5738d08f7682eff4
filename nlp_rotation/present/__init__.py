"""What people see: command line, tables, report."""
