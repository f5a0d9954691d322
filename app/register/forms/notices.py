"""A notice, as questions."""

import re
from typing import Any

from wtforms.validators import StopValidation

from app.core.forms import (
    Choice,
    DayField,
    LongTextField,
    SelectField,
    TextField,
    VersionedForm,
    answered,
    needed,
    only_if,
    sentence_case,
)
from app.register.commands.notices import NoticeWanted
from app.register.forms.contracts.parts import web_address
from app.register.notices import NoticeKind, name_of

_NUMBER = re.compile(r"[0-9]{6}-[0-9]{4}")


def notice_number(_form: Any, field: Any) -> None:  # Any: as WTForms calls it
    if field.data and not _NUMBER.fullmatch(str(field.data)):
        raise StopValidation("Enter the number as Find a Tender gives it, like 012345-2026")


class NoticeForm(VersionedForm):
    kind = SelectField[NoticeKind](
        "Which notice is it?",
        [needed("Choose a notice")],
        choices=[Choice(kind, sentence_case(name_of(kind))) for kind in NoticeKind],
        blank="Choose a notice",
    )
    published_on = DayField("When was it published?", [needed("Enter the day it was published")])
    number = TextField(
        "What is its number?", [notice_number], hint="As Find a Tender gives it, like 012345-2026", width=10
    )
    url = TextField("Where does it stand?", [web_address], hint="A web address", max_length=1000)
    standstill_ends_on = DayField(
        "If a longer standstill is stated in it, when does that end?",
        [only_if("kind", NoticeKind.UK6)],
        hint="Of a contract award notice. Left blank, the register counts eight working days where they are owed",
    )
    note = LongTextField("Is there anything else to know?", rows=3, max_length=1000)

    def to_command(self) -> NoticeWanted:
        return NoticeWanted(
            kind=answered(self.kind),
            published_on=answered(self.published_on),
            number=self.number.data,
            url=self.url.data,
            standstill_ends_on=self.standstill_ends_on.data,
            note=self.note.data,
        )
