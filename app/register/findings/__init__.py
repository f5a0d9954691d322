"""What a contract's record lacks, and what the law or the council's settings ask of it: a file for each topic."""
