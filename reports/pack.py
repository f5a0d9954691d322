"""A committee's agenda pack, as every format prints it: one page an item, open and exempt apart. Knows no app."""

from dataclasses import dataclass
from datetime import date

from reports import format as fmt

NOT_FOR_PUBLICATION = "NOT FOR PUBLICATION: exempt items, for those entitled to them alone"
WITHHELD = "Taken with the public shut out. What there is to read stands in the exempt pack."
#: The parts of an item's page, as every format heads them.
NOTE, QUESTIONS, DATES = "What members should know", "What members asked", "The dates behind it"
NOTHING_OPEN = "Nothing is on this agenda yet."
NOTHING_EXEMPT = "No item of this agenda is exempt, or none that you are entitled to."


@dataclass(frozen=True)
class PackFact:
    """One thing the page of an item says: "How much", "£4,000,000"."""

    name: str
    text: str


@dataclass(frozen=True)
class PackDate:
    """One date of the chain behind the decision."""

    on: date
    label: str
    working: str


@dataclass(frozen=True)
class PackItem:
    """One item, on one page."""

    number: str
    title: str
    asked_to: str
    facts: tuple[PackFact, ...] = ()
    note: str = ""
    #: What members asked before the meeting, each with who asked.
    questions: tuple[str, ...] = ()
    dates: tuple[PackDate, ...] = ()
    #: Why the public is shut out; blank for an open item.
    exempt_ground: str = ""
    #: In the open pack an exempt item is a heading with its ground.
    withheld: bool = False


@dataclass(frozen=True)
class PackSection:
    """One section of the agenda: "B. Key or significant decisions …"."""

    heading: str
    items: tuple[PackItem, ...]


@dataclass(frozen=True)
class Pack:
    """The agenda of one meeting for one kind of reader."""

    council: str
    committee: str
    meets_on: date
    place: str
    papers_due_on: date | None
    prepared_on: date
    is_open: bool
    sections: tuple[PackSection, ...]

    @property
    def title(self) -> str:
        return f"{self.committee}, {fmt.day(self.meets_on)}"

    @property
    def edition(self) -> str:
        return "Open pack" if self.is_open else "Exempt pack"

    @property
    def cover(self) -> tuple[PackFact, ...]:
        """What the first page says of the meeting."""
        return (
            PackFact("Meets on", f"{self.meets_on:%A} {fmt.day(self.meets_on)}"),
            PackFact("Where", self.place or "Not recorded"),
            PackFact("Papers due", fmt.day(self.papers_due_on) if self.papers_due_on else "On a day not recorded"),
            PackFact("Prepared", fmt.day(self.prepared_on)),
        )

    @property
    def items(self) -> tuple[PackItem, ...]:
        return tuple(one for section in self.sections for one in section.items)

    @property
    def empty(self) -> str:
        return NOTHING_OPEN if self.is_open else NOTHING_EXEMPT
