"""The annexes room."""
