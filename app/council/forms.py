"""The questions about the council itself: structure, committees, outcomes, settings, bank holidays."""

from typing import Any

from typing_extensions import override

from app.core.forms import (
    CheckboxesField,
    DayField,
    FileField,
    LongTextField,
    QuestionForm,
    RadiosField,
    TextField,
    WholeNumberField,
    answered,
    choices_of,
    needed,
)
from app.council.commands import CommitteeWanted, MeetingWanted, PortfolioWanted, UnitWanted
from app.council.models import CommitteeKind


class CouncilForm(QuestionForm):
    """The council's name, and the council that takes over from it."""

    name = TextField("What is the council called?", [needed("Enter the council's name")])
    vesting_on = DayField(
        "If a new council is to take over, on which day?", hint="The vesting day. Leave blank while none is ahead"
    )
    successor_name = TextField("What is the new council called?")


class UnitForm(QuestionForm):
    """A directorate or a division."""

    name = TextField("What is it called?", [needed("Enter its name")])
    position = WholeNumberField(
        "Which place has it in the structure chart?",
        hint="1 comes first. Annexes print in this order. Leave blank for the last place",
        most=999,
    )
    from_on = DayField("On which day did it begin?", hint="Leave blank if it has always been there")
    until_on = DayField("On which day does it end?", hint="Its last day. Leave blank while it stands")

    def to_command(self) -> UnitWanted:
        return UnitWanted(
            name=answered(self.name),
            position=self.position.data,
            from_on=self.from_on.data,
            until_on=self.until_on.data,
        )


class DirectorateForm(UnitForm):
    """A directorate, with who leads it."""

    code = TextField("Which short code does the council use for it?", max_length=20, width=5)
    director_post = TextField(
        "Which post leads it?", hint="A post, such as Corporate Director of Resources, not a person", max_length=200
    )

    @override
    def to_command(self) -> UnitWanted:
        return UnitWanted(
            name=answered(self.name),
            position=self.position.data,
            from_on=self.from_on.data,
            until_on=self.until_on.data,
            code=self.code.data,
            director_post=self.director_post.data,
        )


class CommitteeForm(QuestionForm):
    """A committee, and what it looks after."""

    name = TextField("What is it called?", [needed("Enter its name")])
    kind = RadiosField[CommitteeKind]("What kind is it?", [needed("Choose a kind")], choices=choices_of(CommitteeKind))
    directorates = CheckboxesField[int](
        "Which directorates does it look after?", hint="What comes to it for advice or decision"
    )
    divisions = CheckboxesField[int](
        "Which single divisions does it look after?", hint="Before the committee of the division's directorate"
    )
    until_on = DayField("On which day does it end?", hint="Leave blank while it meets")

    def to_command(self) -> CommitteeWanted:
        return CommitteeWanted(
            name=answered(self.name),
            kind=answered(self.kind),
            directorates=self.directorates.data or (),
            divisions=self.divisions.data or (),
            until_on=self.until_on.data,
        )


class MeetingForm(QuestionForm):
    """A meeting in a committee's calendar."""

    meets_on = DayField("When does it meet?", [needed("Enter the day of the meeting")])
    papers_due_on = DayField("By when are its papers due?")
    place = TextField(
        "Where does it meet, and at what time?", hint="Such as 10am, Council Chamber, County Hall", max_length=200
    )

    def to_command(self) -> MeetingWanted:
        return MeetingWanted(answered(self.meets_on), self.papers_due_on.data, self.place.data)


class PortfolioForm(QuestionForm):
    """What a Cabinet Member answers for."""

    name = TextField("What is it called?", [needed("Enter its name")], hint="For example, Highways and Environment")
    member_title = TextField("Who answers for it?", hint="The post, as in Cabinet Member for Highways and Environment")
    committees = CheckboxesField[int](
        "Which committees look into it?", hint="What comes to them is shown to the Cabinet Member"
    )
    until_on = DayField("On which day does it end?", hint="Its last day. Leave blank while somebody answers for it")

    def to_command(self) -> PortfolioWanted:
        return PortfolioWanted(
            name=answered(self.name),
            member_title=self.member_title.data or None,
            committees=self.committees.data or (),
            until_on=self.until_on.data,
        )


class OutcomeForm(QuestionForm):
    """What the council wants for its people."""

    name = TextField("What is the outcome?", [needed("Enter the outcome")])
    until_on = DayField("Until when does it stand?", hint="Its last day. Leave blank while it stands")


class SettingForm(QuestionForm):
    """A new value of a setting, from a day on. The hint is the setting's own."""

    value = TextField("What is the new value?", [needed("Enter the new value")], max_length=200)
    from_on = DayField("From which day does it hold?", [needed("Enter the day it begins")])
    source = LongTextField(
        "Who decided it, and where does it stand?",
        [needed("Say where it stands, such as “Full Council, 12 February 2027, minute 41”")],
        rows=2,
        max_length=1000,
    )

    def __init__(self, *args: Any, value_hint: str = "", **kwargs: Any) -> None:  # Any: WTForms' own
        super().__init__(*args, **kwargs)
        self.value.hint = value_hint


class BankHolidayForm(QuestionForm):
    """One day more."""

    on = DayField("Which day?", [needed("Enter the day")])
    title = TextField("What is it called?", [needed("Enter its name")], max_length=100)


class ElectionPeriodForm(QuestionForm):
    """The weeks before an election."""

    name = TextField(
        "Which election is it?", [needed("Enter a name")], hint="Such as County council election 2029", max_length=300
    )
    from_on = DayField(
        "On which day does the period begin?", [needed("Enter the first day")], hint="The notice of election"
    )
    until_on = DayField("Which is its last day?", [needed("Enter the last day")], hint="As a rule polling day")


class BankHolidayFileForm(QuestionForm):
    """GOV.UK's own list."""

    file = FileField(
        "Choose the file",
        [needed("Choose the file bank-holidays.json")],
        hint="bank-holidays.json, from www.gov.uk/bank-holidays.json",
        accept=".json",
    )

    def content(self) -> bytes:
        content: bytes = answered(self.file).read()
        return content
