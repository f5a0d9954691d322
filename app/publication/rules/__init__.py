"""What is published, when, and what is withheld. Plain Python."""
