"""Reminders by e-mail: whose they are, which are due, what the message says, and that it goes once."""
