"""What is done about publishing: withhold a field, publish a file, answer a request. Never commits."""
