"""What spend says needs doing. Each tells something of the amount, so it is left out where that is withheld."""

from datetime import date

from sqlalchemy.orm import Session

from app.core.findings import Severity
from app.register import spending
from app.register.findings.of_contracts import PAGE, ContractFinding, about_contracts
from app.register.models import Contract
from app.register.queries import spend as queries
from app.register.spending import SpendFacts, SpendWarning

MONITORING = "The council’s contract monitoring: {} (a dated setting)"


def _said(session: Session, contract: Contract, today: date, kind: SpendWarning) -> str:
    facts = _facts(session, contract)
    found = spending.warnings(facts, queries.limits_on(session, today), today=today)
    return next((f"{one.working}." for one in found if one.kind is kind), "")


def _facts(session: Session, contract: Contract) -> SpendFacts:
    return queries.facts_of(contract, queries.spend_of(session, contract.id))


PASSED = about_contracts(
    ContractFinding(
        code="CM3",
        one="contract is spent beyond its value",
        many="contracts are spent beyond their value",
        severity=Severity.ACT,
        source="Contract monitoring: spend against the value approved (National Audit Office, good practice guide)",
        cure="Find out why, then vary the value under a decision, or correct the figure",
        mend=f"{PAGE}/spend",
        condition=lambda _session, _today: queries.is_passed(),
        working=lambda session, contract, today: _said(session, contract, today, SpendWarning.PASSED),
        tells_amount=True,
    )
)
NEARLY = about_contracts(
    ContractFinding(
        code="spend-nearly",
        one="contract is nearly spent, with time to run",
        many="contracts are nearly spent, with time to run",
        severity=Severity.SOON,
        source=MONITORING.format("90 per cent of the value with more than a tenth of the term left"),
        cure="Ask what will be needed to the end, and whether the decision allows it",
        mend=f"{PAGE}/spend",
        condition=lambda session, today: queries.is_nearly(queries.limits_on(session, today), today),
        working=lambda session, contract, today: _said(session, contract, today, SpendWarning.NEARLY),
        tells_amount=True,
    )
)
FAST = about_contracts(
    ContractFinding(
        code="spend-fast",
        one="contract runs over its annual value",
        many="contracts run over their annual value",
        severity=Severity.SOON,
        source=MONITORING.format("1.25 times the annual value in this year or the last"),
        cure="Find out why, and vary the annual value if it has changed for good",
        mend=f"{PAGE}/spend",
        condition=lambda session, today: queries.is_fast(queries.limits_on(session, today), today),
        working=lambda session, contract, today: _said(session, contract, today, SpendWarning.FAST),
        tells_amount=True,
    )
)
AFTER_END = about_contracts(
    ContractFinding(
        code="spend-after-end",
        one="contract has ended and is still being spent under",
        many="contracts have ended and are still being spent under",
        severity=Severity.ACT,
        source="Contract monitoring: nothing is bought under an agreement that has ended",
        cure="Extend it if it may be, record the contract that follows, or stop the payments",
        mend=f"{PAGE}/spend",
        condition=lambda _session, _today: queries.is_after_end(),
        working=lambda session, contract, today: _said(session, contract, today, SpendWarning.AFTER_END),
        tells_amount=True,
    )
)
