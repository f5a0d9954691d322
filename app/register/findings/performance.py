"""What key performance indicators say needs doing."""

from datetime import date

from sqlalchemy.orm import Session

from app.core.dates import day
from app.core.findings import Severity
from app.register.findings.of_contracts import PAGE, ContractFinding, about_contracts
from app.register.models import Contract
from app.register.queries import indicators as queries

#: So many periods running are no accident.
PERIODS_BELOW = 2  # contract monitoring: below tolerance two periods running


def _due(session: Session, contract: Contract, today: date) -> str:
    late = [one for one in queries.indicators_of(session, contract, today) if one.is_due]
    return "; ".join(
        f"{one.name}: no result for the period that ended on {day(one.next_period_ends_on)}" for one in late
    )


def _below(session: Session, contract: Contract, today: date) -> str:
    below = [one for one in queries.indicators_of(session, contract, today) if one.periods_below >= PERIODS_BELOW]
    return "; ".join(f"{one.name}: below target {one.periods_below} periods running" for one in below)


RESULT_DUE = about_contracts(
    ContractFinding(
        code="result-due",
        one="contract lacks an indicator’s result",
        many="contracts lack an indicator’s result",
        severity=Severity.SOON,
        source="How often each indicator is measured, and how long after a period its result is due (a dated setting)",
        cure="Record the result, or withdraw an indicator that is no longer measured",
        mend=f"{PAGE}/performance",
        condition=lambda session, today: queries.is_due(queries.late_since(session, today)),
        working=_due,
        due=lambda _session, _today: queries.first_due(),
    )
)
BELOW_TARGET = about_contracts(
    ContractFinding(
        code="below-target",
        one="contract is below target two periods running",
        many="contracts are below target two periods running",
        severity=Severity.ACT,
        source="Contract monitoring; ratings of the Procurement Regulations 2024, reg 39",
        cure="Agree with the provider what will mend it, and by when",
        mend=f"{PAGE}/performance",
        condition=lambda _session, _today: queries.is_below(PERIODS_BELOW),
        working=_below,
    )
)
