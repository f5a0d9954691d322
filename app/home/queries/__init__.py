"""What the front page, the search over everything and the state of the server read."""
