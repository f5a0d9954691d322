"""Annex 2: the commissioned services over the threshold."""

from dataclasses import dataclass
from datetime import date

from reports.values import Money, Party, Unit


@dataclass(frozen=True, kw_only=True)
class Annex2Row:
    """A contract, or an arrangement counted as one, that passes the threshold."""

    unit: Unit
    #: The council's reference as text ("25/00053"), else one that the register gives; other annexes point to it.
    ref: str
    #: Blank where no service is assigned yet.
    service: str = ""
    service_order: int = 0
    title: str
    #: Every provider; more than three print as "Multiple (27 providers)" with a footnote that lists them.
    providers: tuple[Party, ...] = ()
    starts_on: date | None = None
    current_end_on: date | None = None
    latest_end_on: date | None = None
    #: In words: "5 years (3 + 2)", "Rolling, 6 months' notice", "No end date recorded".
    length: str
    #: None where the contract says no annual value.
    annual: Money | None = None
    #: Whole-life current value, with extensions and variations taken up; None where the contract says only an annual one.
    total: Money | None = None
    #: All options taken: what the threshold is tested on.
    maximum: Money | None = None
    #: In words: "Whole life, estimate", "Annual", "Maximum", "Partner's share", "Nominal, no guaranteed volume".
    basis: str
    outcome: str = ""
    #: The Annex 3 reference or the decision's number.
    next_decision: str = ""
    #: Plain remarks on this row only.
    note: str = ""
    #: Remarks that several rows may share, numbered under the table: "Framework: no volume is guaranteed".
    footnotes: tuple[str, ...] = ()
    #: The Annex 4 reference when this contract is also a service level agreement printed there.
    agreement_ref: str = ""
    #: The contract has at least one social value commitment in Annex 5.
    has_social_value: bool = False
    record: str | None = None
    embargoed_until: date | None = None
