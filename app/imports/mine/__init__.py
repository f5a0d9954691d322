"""My contracts, out to a spreadsheet and back in: every difference shown, contract by contract, before it is taken."""
