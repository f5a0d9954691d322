"""Changing many records in one act: what each change would be, doing it, and taking it back as a whole."""
