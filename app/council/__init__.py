"""The council room."""
