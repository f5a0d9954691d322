"""What every table of one set shares: whose it is, for which year, as at which day, for which readers."""

from dataclasses import dataclass
from datetime import date, datetime

from reports.values import Edition, Threshold


@dataclass(frozen=True, kw_only=True)
class Context:
    """The directorate, plan year, as-at date, edition and threshold behind a set of annexes."""

    council: str
    #: None for a council-wide set: a Directorate column then comes first.
    directorate: str | None
    #: The year in which the plan's financial year starts: 2015 for 2015-16.
    year: int
    as_at: date
    threshold: Threshold
    edition: Edition = Edition.OPEN
    #: Printed in capitals wherever the document names itself: "DRAFT", "FINAL".
    status: str = "DRAFT"
    #: "0.3"; blank until versions are kept.
    version: str = ""
    #: A name or a post; passed in, because these modules know no clock and no sign-in.
    prepared_by: str = ""
    prepared_at: datetime | None = None
    committee: str = ""
    committee_on: date | None = None
    contact: str = ""
    horizon_years: int = 3

    @property
    def is_draft(self) -> bool:
        """Drafts carry the data quality sheet; nothing else does."""
        return self.status.upper().startswith("DRAFT")

    @property
    def is_open(self) -> bool:
        """Everybody may read this copy."""
        return self.edition is Edition.OPEN

    @property
    def plan_year(self) -> str:
        """Write the financial year as people do: 2015-16."""
        return f"{self.year}-{(self.year + 1) % 100:02}"

    @property
    def year_ends_on(self) -> date:
        """The last day of the plan year."""
        return date(self.year + 1, 3, 31)

    @property
    def horizon_ends_on(self) -> date:
        """The last day of the horizon, itself included."""
        return date(self.year + self.horizon_years, 3, 31)

    @property
    def whose(self) -> str:
        """The directorate, or the council when the set is council-wide."""
        return self.directorate or self.council

    @property
    def title(self) -> str:
        """The name of the document."""
        kind = "Directorate Business Plan" if self.directorate else "Business Plans"
        return f"{self.whose} {kind} {self.plan_year}: annexes"
