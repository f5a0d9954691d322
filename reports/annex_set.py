"""One set of annexes: all that a writer needs to print them, and nothing that it must fetch."""

from dataclasses import dataclass

from reports.annex_agreements import Annex4Row
from reports.annex_commissioned import Annex2Row
from reports.annex_forthcoming import Annex3Row
from reports.annex_services import Annex1Row
from reports.annex_social_value import Annex5Row, Annex5Statement
from reports.context import Context

ALL_ANNEXES = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Gap:
    """A row that the data quality sheet of a draft lists."""

    #: What the reader knows it by: "Contract 25/00053, Household waste sites".
    title: str
    #: What is wrong and what would mend it.
    problem: str
    #: Whether the gap keeps the row out of an annex.
    keeps_out: bool = False
    record: str | None = None


@dataclass(frozen=True, kw_only=True)
class AnnexSet:
    """The annexes of a directorate's business plan (or of the whole council's) for a year, as at a day."""

    context: Context
    services: tuple[Annex1Row, ...] = ()
    commissioned: tuple[Annex2Row, ...] = ()
    forthcoming: tuple[Annex3Row, ...] = ()
    agreements: tuple[Annex4Row, ...] = ()
    #: One a directorate.
    statements: tuple[Annex5Statement, ...] = ()
    commitments: tuple[Annex5Row, ...] = ()
    #: Remarks on the whole set, printed on the Notes sheet and at the document's end.
    notes: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    #: Which annexes this round prints.
    annexes: tuple[int, ...] = ALL_ANNEXES
