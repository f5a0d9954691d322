"""The calendar feed: each person's dates at a secret address, for a calendar program to read."""
