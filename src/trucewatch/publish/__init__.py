"""What readers and machines get: JSON lines, a table for the terminal, one page for the browser, the schema of the form."""
