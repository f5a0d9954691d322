"""The questions about a decision that members held to be key."""

from app.core.forms import DayField, LongTextField, VersionedForm


class HeldToBeKeyForm(VersionedForm):
    """What members held, and the report to the council."""

    held_to_be_key = LongTextField(
        "Why do members hold that it should have been treated as key, and why was it not?",
        rows=5,
        hint="Leave blank to take it back. Members read this",
        max_length=1000,
    )
    reported_on = DayField("When was it reported to the council?", hint="Leave blank while it is still to be reported")
