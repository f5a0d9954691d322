"""The questions about providers that may be one, and about groups of them."""

from app.core.forms import LongTextField, QuestionForm, TextField, VersionedForm, needed


class MergeWithForm(QuestionForm):
    """Which other provider is the same organisation."""

    merged = TextField(
        "Which provider is the same organisation?",
        [needed("Enter the other provider's name or number")],
        hint="Its name as the register has it, or one of its numbers",
    )


class MergeForm(QuestionForm):
    """Merging, once its effect has been shown."""

    reason = LongTextField(
        "How do you know that they are one organisation?",
        [needed("Say how you know")],
        rows=3,
        max_length=1000,
        hint="For example, the same company number, or a letter about the new name",
    )


class ParentForm(VersionedForm):
    """The organisation above a provider."""

    parent = TextField(
        "Which organisation owns or heads it?",
        hint="The name or a number of a provider in the register. Leave blank if none does",
    )
