"""The questions that need only a reason."""

from app.core.forms import LongTextField, QuestionForm, VersionedForm, needed


class DismissForm(QuestionForm):
    """Why the register's proposal leads to nothing."""

    reason = LongTextField(
        "Why is no key decision to come?",
        [needed("Say why")],
        rows=3,
        hint="It stands until the contract's end or value changes; members see it",
        max_length=1000,
    )


class ConfirmForm(QuestionForm):
    """An act that needs no answer but going on."""


class WithdrawForm(VersionedForm):
    """Why an activity is not to happen."""

    reason = LongTextField("Why is it withdrawn?", [needed("Say why")], rows=3, max_length=1000)
