"""What changed: per record, per person and per day; taken out as a file; and put back."""
