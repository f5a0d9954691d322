"""Changing many records on the command line."""
