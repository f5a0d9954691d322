"""The questions about a contract: the first page, a form for each section, and what happens after award."""
