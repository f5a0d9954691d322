"""What decisions are needed, when, and by what rule. Plain Python: today is an argument."""
