"""How the demonstration's agreements run and its promises are kept: results, reviews, charges, interim targets."""

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import select

from app.core.dates import add_months
from app.core.money import parse_pounds
from app.home.demo.notation import Cells, table, yes_no
from app.home.demo.registering import RECORDED_BY, Loading
from app.register.commands.measures import MeasureWanted, load_measures
from app.register.commands.service_levels import follow_results, target_of
from app.register.commands.social_value import follow_list
from app.register.models import (
    Agreement,
    AgreementCharge,
    AgreementMove,
    AgreementReview,
    AgreementStandard,
    AgreementStatus,
    DeliveryState,
    InterimTarget,
    ServiceCredit,
    SocialValueCommitment,
    SocialValueConsideration,
    SocialValueMeasure,
    SocialValueProxy,
    StandardResult,
)
from app.register.service_levels import CreditState, Direction, Frequency, rated


def load_how_agreements_run(loading: Loading, agreements: Mapping[str, Agreement]) -> None:
    """Moves, charges, reviews, standards with their results, and credits."""
    for cells in table("agreement_moves"):
        agreements[cells["contract"]].moves.append(_move(loading, agreements[cells["contract"]], cells))
    for cells in table("agreement_charges"):
        agreement = agreements[cells["contract"]]
        year, charge = loading.calendar.year.start + int(cells["year"]), parse_pounds(cells["charge"])
        agreement.charges.append(
            AgreementCharge(
                contract_id=agreement.contract_id, year=year, charge=charge, indexation=cells["indexation"] or None
            )
        )
    for cells in table("agreement_reviews"):
        _review(loading, agreements[cells["contract"]], cells)
    standards = {(key, one.measure): one for key, agreement in agreements.items() for one in agreement.standards}
    for cells in table("agreement_standards"):
        _measured(standards[cells["contract"], cells["measure"]], cells)
    for cells in table("agreement_results"):
        _result(loading, standards[cells["contract"], cells["measure"]], cells)
    loading.session.flush()
    for key, agreement in agreements.items():
        for standard in agreement.standards:
            if standard.results:
                follow_results(standard, loading.register.contracts[key].starts_on)
    for cells in table("agreement_credits"):
        agreement = agreements[cells["contract"]]
        agreement.credits.append(_credit(loading, standards[cells["contract"], cells["measure"]], cells))


def _move(loading: Loading, agreement: Agreement, cells: Cells) -> AgreementMove:
    return AgreementMove(
        contract_id=agreement.contract_id,
        was=AgreementStatus(cells["was"]),
        became=AgreementStatus(cells["became"]),
        moved_on=loading.calendar.day(cells["day"]),
        reason=cells["reason"],
        recorded_by=RECORDED_BY,
    )


def _review(loading: Loading, agreement: Agreement, cells: Cells) -> None:
    held_on, next_on = loading.calendar.day(cells["day"]), cells["next"] and loading.calendar.day(cells["next"])
    agreement.review_months = 6
    agreement.contract.review_on = next_on or add_months(held_on, agreement.review_months)
    agreement.reviews.append(
        AgreementReview(
            contract_id=agreement.contract_id,
            held_on=held_on,
            held_by=cells["who"],
            found=cells["found"],
            actions=cells["actions"] or None,
            next_on=agreement.contract.review_on,
        )
    )


def _measured(standard: AgreementStandard, cells: Cells) -> None:
    standard.target_value, standard.unit = Decimal(cells["target"]), cells["unit"]
    standard.direction, standard.tolerance = Direction(cells["direction"]), Decimal(cells["tolerance"])
    standard.frequency, standard.linked_to_payment = Frequency(cells["frequency"]), bool(cells["paid"])


def _result(loading: Loading, standard: AgreementStandard, cells: Cells) -> None:
    months = standard.frequency.months if standard.frequency else 0
    value = Decimal(cells["value"])
    rating = rated(target_of(standard), value)
    assert rating is not None  # noqa: S101 - every standard with results here has a number for its target
    standard.results.append(
        StandardResult(
            contract_id=standard.contract_id,
            from_on=loading.calendar.first(int(cells["month"]) - months),
            to_on=loading.calendar.last_before(cells["month"]),
            value=value,
            suggested=rating,
            rating=rating,
            comment=cells["comment"] or None,
            recorded_at=loading.now,
            recorded_by=RECORDED_BY,
        )
    )


def _credit(loading: Loading, standard: AgreementStandard, cells: Cells) -> ServiceCredit:
    settled = loading.calendar.day(cells["settled"]) if cells["settled"] else None
    return ServiceCredit(
        contract_id=standard.contract_id,
        standard=standard,
        accrued_on=loading.calendar.day(cells["day"]),
        amount=parse_pounds(cells["amount"]),
        note=cells["note"],
        state=CreditState(cells["state"]),
        settled_on=settled,
        settled_by=RECORDED_BY if settled else None,
    )


def load_how_promises_are_kept(loading: Loading, commitments: Mapping[str, SocialValueCommitment]) -> None:
    """The council's list, what counts by it, interim targets, who claimed and verified, and what was considered."""
    load_measures(loading.session, [_listed(number, cells) for number, cells in enumerate(table("measures"), 1)],
                  today=loading.calendar.as_at)  # fmt: skip
    measures = {one.code: one for one in loading.session.scalars(select(SocialValueMeasure))}
    for cells in table("promises"):
        _promise(loading, commitments[cells["commitment"]], measures.get(cells["code"]), cells)
    for cells in table("interim_targets"):
        step = InterimTarget(due_on=loading.calendar.last_before(cells["month"]), quantity=Decimal(cells["quantity"]))
        commitments[cells["commitment"]].interim_targets.append(step)
    for commitment in commitments.values():
        for delivery in commitment.deliveries:
            delivery.claimed_by = "The provider"
            delivery.verified_by = RECORDED_BY if delivery.state is DeliveryState.VERIFIED else None
    for cells in table("considered"):
        contract = loading.register.contracts[cells["contract"]]
        loading.session.add(
            SocialValueConsideration(
                contract_id=contract.id,
                considered_on=add_months(contract.starts_on or loading.calendar.as_at, -int(cells["months_before"])),
                considered_by=cells["by"],
                note=cells["note"],
                consultation_considered=True,
            )
        )


def _listed(number: int, cells: Cells) -> MeasureWanted:
    return MeasureWanted(
        number=number,
        framework=cells["List"],
        edition=cells["List version"],
        theme_code=cells["Theme"],
        theme=cells["Theme"],
        outcome_code=cells["Outcome"][:40],
        outcome=cells["Outcome"],
        code=cells["Measure code"],
        title=cells["Measure"],
        unit=cells["Unit"],
        proxy_value=parse_pounds(cells["Proxy value"]),
        proxy_version=cells["Proxy version"],
        counting=cells["How to count it"],
        source="Fictional, for the demonstration",
    )


def _promise(
    loading: Loading, commitment: SocialValueCommitment, listed: SocialValueMeasure | None, cells: Cells
) -> None:
    commitment.outcome = cells["outcome"] or (listed.outcome.title if listed else None)
    commitment.contractual, commitment.local_definition = yes_no(cells["contractual"]), cells["local"] or None
    if listed is not None:
        proxy = SocialValueProxy(frozen_on=commitment.from_on or loading.calendar.as_at)
        follow_list(proxy, listed)
        commitment.proxy = proxy
