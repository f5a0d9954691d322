"""The one way a rule says no to a person."""


class Refusal(Exception):
    """A rule said no; the message tells the person what would work."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        #: The form field the message stands beside; None for the whole form.
        self.field = field


class Conflict(Refusal):
    """Somebody else saved the record while this page was open; nothing of theirs or yours is lost."""

    def __init__(self, message: str, *, version: int, differences: tuple[tuple[str, str, str], ...] = ()) -> None:
        super().__init__(message)
        #: The version saved meanwhile: a page that shows both sends it back, so that saving again is a choice.
        self.version = version
        #: (field's label, yours, theirs), as shown.
        self.differences = differences
