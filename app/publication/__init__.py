"""What the council must publish of its register, kept as published, and answers to freedom of information requests."""
