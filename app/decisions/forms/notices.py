"""The questions about notices of decisions: their particulars, where they are published, why they are withdrawn."""

from collections.abc import Mapping
from typing import Any

from app.core.forms import (
    Choice,
    DayField,
    LongTextField,
    RadiosField,
    TextField,
    VersionedForm,
    answered,
    choices_of,
    needed,
    only_if,
    required_if,
)
from app.decisions.commands.notices import PublicationWanted
from app.decisions.models import Decision, Notice, NoticeKind, Restriction, TakerKind
from app.decisions.rules.particulars import OWN, AgreedAs, DraftParticulars

HERE, ELSEWHERE = "here", "in the committee system"
NOT_OPEN = (Restriction.PART, Restriction.FULL)
_REASONS = {
    NoticeKind.GENERAL_EXCEPTION: "Why can 28 clear days' notice not be given?",
    NoticeKind.SPECIAL_URGENCY: "Why is it urgent, so that it cannot reasonably be deferred?",
    NoticeKind.PRIVATE_MEETING: "Why is the meeting to be in private?",
    NoticeKind.PRIVATE_MEETING_REASONS: "Why is the meeting to be in private?",
}
_KEY = ("documents", "address", "other_documents", "how_to_ask")
_AGREED = ("agreed_by", "agreed_as", "agreed_on")
#: What each kind asks beside the matter, the taker and the restriction.
ASKED: Mapping[NoticeKind, tuple[str, ...]] = {
    NoticeKind.KEY_DECISION: _KEY,
    NoticeKind.GENERAL_EXCEPTION: ("reasons", "chair_informed", "chair_informed_on"),
    NoticeKind.SPECIAL_URGENCY: ("reasons", *_AGREED),
    NoticeKind.PRIVATE_MEETING: ("meeting_on", "reasons", *_AGREED, "urgent_because"),
    NoticeKind.PRIVATE_MEETING_REASONS: (
        *("meeting_on", "reasons", "representations", "answer", *_AGREED, "urgent_because"),
    ),
}
OF_THE_DECISION = ("taker_kind", "taker", "taker_members", "restriction", "restriction_ground")


class NoticeForm(VersionedForm):
    """The particulars of a notice; what may be blank while it is drafted is asked for before it is published."""

    matter = LongTextField(
        "What is the decision about?",
        [needed("Say what the decision is about")],
        rows=4,
        hint="As the public reads it. An exempt amount may not be in it",
        max_length=4000,
    )
    taker_kind = RadiosField[TakerKind]("Who takes the decision?", choices=choices_of(TakerKind))
    taker = TextField(
        "What is their name?", hint="One person's name and title, or what the body is called", max_length=200
    )
    taker_members = LongTextField(
        "Who are the members of the body?", rows=4, hint="One a line; leave blank for one person", max_length=2000
    )
    meeting_on = DayField("On which day is the private meeting?")
    documents = LongTextField(
        "Which documents are submitted for the decision?",
        rows=3,
        hint="One a line. If there are none, say so",
        max_length=4000,
    )
    address = LongTextField("Where can copies of them be had?", rows=3, max_length=1000)
    other_documents = LongTextField("What is said of other documents?", rows=2, max_length=1000)
    how_to_ask = LongTextField("How does one ask for details of those?", rows=2, max_length=1000)
    reasons = LongTextField("Why?", rows=4, max_length=4000)
    representations = LongTextField(
        "Which representations were received that the meeting should be open?",
        rows=4,
        hint="If there were none, say so",
        max_length=8000,
    )
    answer = LongTextField(
        "What was answered to them?", rows=4, hint="If none needed an answer, say so", max_length=8000
    )
    chair_informed = TextField(
        "Who was told in writing?", hint="The chair of the scrutiny committee, by name", max_length=200
    )
    chair_informed_on = DayField("When were they told?")
    agreed_by = TextField("Who agreed that it is urgent?", hint="By name", max_length=200)
    agreed_as = RadiosField[AgreedAs]("As which chair?", choices=choices_of(AgreedAs))
    agreed_on = DayField("When did they agree?")
    urgent_because = LongTextField(
        "Why is it urgent, so that it cannot reasonably be deferred?", rows=3, max_length=4000
    )
    restriction = RadiosField[Restriction](
        "How much of it is kept from the public?",
        [needed("Choose how much is kept from the public")],
        choices=choices_of(Restriction),
    )
    restriction_ground = TextField(
        "On which ground?",
        [only_if("restriction", *NOT_OPEN), required_if("restriction", *NOT_OPEN, message="Say on which ground")],
        hint="Such as: Schedule 12A, paragraph 3",
        max_length=300,
    )

    def ask_for(self, kind: NoticeKind) -> "NoticeForm":
        """Keep the questions of this kind."""
        for name in OWN:
            if name != "matter" and name not in ASKED[kind]:
                delattr(self, name)
        if kind in _REASONS:
            self.reasons.label.text = _REASONS[kind]
        if kind.is_of_private_meeting:
            self.agreed_by.label.text = "If it cannot wait for the notice, who agreed that it is urgent?"
        return self

    @property
    def of_this_kind(self) -> list[Any]:  # Any: fields of many types
        return [self[name] for name in OWN if name != "matter" and name in self]

    def notice(self) -> DraftParticulars:
        given = {name: self[name].data for name in OWN if name in self}
        agreed_as = given.get("agreed_as")
        return DraftParticulars(**{**given, "agreed_as": agreed_as.value if agreed_as else None})


def notice_answers(notice: Notice | DraftParticulars, decision: Decision) -> dict[str, Any]:  # Any: as above
    """What each field holds for a draft."""
    own = {name: getattr(notice, name) for name in OWN}
    of_decision = {name: getattr(decision, name) for name in OF_THE_DECISION}
    agreed_as = next((one for one in AgreedAs if one.value == own["agreed_as"]), None)
    return {**own, **of_decision, "agreed_as": agreed_as}


class ReferenceForm(VersionedForm):
    """Where the committee system has it."""

    system_reference = TextField(
        "What is its reference in the committee system?", hint="Such as 26/00083", max_length=60
    )
    system_url = TextField("At which address does it stand there?", hint="The whole address", max_length=500)
    earliest_entered_on = DayField(
        "What does the committee system give as the earliest day of the decision?",
        hint="Leave blank if it gives none. A difference from the reckoned day is shown",
    )


class PublishForm(ReferenceForm):
    """When and where it is published."""

    where = RadiosField[str]("Where is it published?", [needed("Choose where it is published")])
    published_on = DayField("On which day is it published?", [needed("Enter the day it is published")])

    def offer(self, *, here: bool) -> "PublishForm":
        """Its own address only where the council has chosen to publish its notices here."""
        own = (Choice(HERE, "Here, at an address of its own", "Anybody can read it without signing in"),)
        system = Choice(ELSEWHERE, "In the committee system", "Copy the words or the document there first")
        self.where.choices = (*(own if here else ()), system)
        return self

    def publication(self) -> PublicationWanted:
        return PublicationWanted(
            published_on=answered(self.published_on),
            public=self.where.data == HERE,
            system_reference=self.system_reference.data,
            system_url=self.system_url.data,
            earliest_entered_on=self.earliest_entered_on.data,
        )


class WithdrawNoticeForm(VersionedForm):
    """Why a notice no longer holds."""

    reason = LongTextField(
        "Why is it withdrawn?",
        [needed("Say why")],
        rows=3,
        hint="Everybody who reads the notice sees this",
        max_length=1000,
    )
