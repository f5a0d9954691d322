"""The questions about approvals."""

from typing import Any

from app.core.forms import (
    Choice,
    DayField,
    LongTextField,
    PoundsField,
    SelectField,
    TextField,
    TickField,
    VersionedForm,
    answered,
    needed,
)
from app.register.commands.approvals import ApprovalWanted
from app.register.models import Approval


class ApprovalForm(VersionedForm):
    """What a decision allows."""

    reference = TextField(
        "What is the decision's reference?",
        [needed("Enter the reference")],
        hint="For example, 25/00053",
        max_length=60,
        width=20,
    )
    title = TextField("What does it allow?", [needed("Enter what it allows")], hint="As the decision is headed")
    directorate_id = SelectField[int](
        "Which directorate is it for?", [needed("Choose a directorate")], blank="Choose a directorate"
    )
    decided_on = DayField("When was it decided?")
    sum_allowed = PoundsField("Up to what sum?", hint="Whole life, net of VAT. Leave blank if it names none")
    latest_end_on = DayField("Until when may contracts under it run?", hint="Leave blank if it does not say")
    allows_options = TickField("It allows the options to extend as well")
    delegate_post = TextField("Which post may act on it?", hint="The delegate, as a post", max_length=200)
    note = LongTextField("Is there anything else to note?", rows=3, max_length=2000)

    def to_command(self) -> ApprovalWanted:
        return ApprovalWanted(
            reference=answered(self.reference),
            title=answered(self.title),
            directorate_id=answered(self.directorate_id),
            decided_on=self.decided_on.data,
            sum_allowed=self.sum_allowed.data,
            latest_end_on=self.latest_end_on.data,
            allows_options=bool(self.allows_options.data),
            delegate_post=self.delegate_post.data,
            note=self.note.data,
        )


def approval_form(approval: Approval | None, directorates: tuple[Choice[int], ...], **more: Any) -> ApprovalForm:
    form = ApprovalForm(obj=approval, **more)
    form.directorate_id.choices = directorates
    return form
