"""The demonstration's agreements with its companies, and its social value: stated, promised, delivered."""

from decimal import Decimal

from app.home.demo.keeping import load_how_agreements_run, load_how_promises_are_kept
from app.home.demo.notation import Cells, table
from app.home.demo.registering import Loading
from app.register.models import (
    Agreement,
    AgreementStandard,
    AgreementStatus,
    DeliveryState,
    SocialValueCommitment,
    SocialValueDelivery,
    SocialValueStatement,
)


def load_agreements(loading: Loading) -> None:
    agreements: dict[str, Agreement] = {}
    for cells in table("agreements"):
        agreement = agreements.get(cells["contract"]) or _agreement(loading, cells)
        agreements[cells["contract"]] = agreement
        agreement.standards.append(
            AgreementStandard(
                contract_id=agreement.contract_id,
                position=len(agreement.standards),
                measure=cells["measure"],
                target=cells["target"],
                latest_result=cells["result"] or None,
                latest_on=loading.calendar.last_before_if(cells["month"]),
            )
        )
    loading.session.add_all(agreements.values())
    loading.session.flush()
    load_how_agreements_run(loading, agreements)
    loading.session.flush()


def _agreement(loading: Loading, cells: Cells) -> Agreement:
    return Agreement(
        contract_id=loading.register.contracts[cells["contract"]].id,
        status=AgreementStatus(cells["status"]),
        client_lead_post=cells["lead"],
        decision_reference=loading.calendar.reference(cells["decision"]),
    )


def load_social_value(loading: Loading) -> None:
    calendar, session = loading.calendar, loading.session
    for cells in table("statements"):
        session.add(
            SocialValueStatement(
                directorate_id=loading.setup.directorates[cells["directorate"]].id,
                year=calendar.year.start + int(cells["year"]),
                text=cells["text"],
                source_policy=cells["policy"],
                signed_off_by=cells["signed_by"] or None,
                signed_off_on=calendar.first_if(cells["signed_month"]),
            )
        )
    commitments = {cells["key"]: _commitment(loading, cells) for cells in table("commitments")}
    for cells in table("deliveries"):
        commitments[cells["commitment"]].deliveries.append(
            SocialValueDelivery(
                delivered_on=calendar.last_before(cells["month"]),
                quantity=Decimal(cells["quantity"]),
                state=DeliveryState(cells["state"]),
                evidence=cells["evidence"] or None,
                reason=cells["reason"] or None,
            )
        )
    session.add_all(commitments.values())
    session.flush()
    load_how_promises_are_kept(loading, commitments)
    session.flush()


def _commitment(loading: Loading, cells: Cells) -> SocialValueCommitment:
    contract = loading.register.contracts.get(cells["contract"])
    return SocialValueCommitment(
        directorate_id=loading.setup.directorates[cells["directorate"]].id,
        contract_id=contract.id if contract else None,
        theme=cells["theme"],
        text=cells["text"],
        measure=cells["measure"],
        unit=cells["unit"],
        target=Decimal(cells["target"]),
        from_on=loading.calendar.first(cells["from"]),
        due_on=loading.calendar.last_before(cells["due"]),
    )
