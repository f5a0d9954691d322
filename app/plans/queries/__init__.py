"""Reads of the plans room."""
