"""Annex 5: what the directorate states on social value, and what was promised and delivered."""

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.annexes.as_at import stood
from app.annexes.queries.scope import Scope
from app.council import queries as council
from app.register.deliveries import DeliveryState
from app.register.models import Contract, SocialValueCommitment, SocialValueDelivery, SocialValueStatement
from app.register.promises import Interim, Promise, PromiseStatus, is_rate, kept, verified_so_far
from reports.annex_set import Gap
from reports.annex_social_value import Annex5Row, Annex5Statement, CommitmentStatus

STATUSES = {
    PromiseStatus.ON_TARGET: CommitmentStatus.ON_TARGET,
    PromiseStatus.AT_RISK: CommitmentStatus.AT_RISK,
    PromiseStatus.OFF_TARGET: CommitmentStatus.OFF_TARGET,
    PromiseStatus.NOT_DUE: CommitmentStatus.NOT_DUE,
    PromiseStatus.NO_DATA: CommitmentStatus.NO_DATA,
}


def statements(scope: Scope) -> tuple[Annex5Statement, ...]:
    """In the structure chart's order. A signature given after the as-at day was not there yet."""
    query = select(SocialValueStatement).where(
        SocialValueStatement.year == scope.year.start, scope.within(SocialValueStatement.directorate_id)
    )
    found = {statement.directorate_id: statement for statement in scope.session.scalars(query.order_by("id"))}
    names = {directorate.id: directorate.name for directorate in council.directorates(scope.session)}
    return tuple(_statement(found[number], name, scope) for number, name in names.items() if number in found)


def _statement(statement: SocialValueStatement, directorate: str, scope: Scope) -> Annex5Statement:
    signed = statement.signed_off_on is not None and statement.signed_off_on <= scope.as_at
    return Annex5Statement(
        directorate=directorate,
        text=statement.text,
        signed_off_by=(statement.signed_off_by or "") if signed else "",
        signed_off_on=statement.signed_off_on if signed else None,
        policy=statement.source_policy or "",
        record="/social-value",
    )


def commitments(scope: Scope) -> Sequence[SocialValueCommitment]:
    """The directorates' own, and those of contracts live in what is planned."""
    last = scope.window.last
    query = (
        select(SocialValueCommitment)
        .where(SocialValueCommitment.withdrawn_reason.is_(None), scope.within(SocialValueCommitment.directorate_id))
        .where(or_(SocialValueCommitment.from_on.is_(None), SocialValueCommitment.from_on <= last))
        .options(
            selectinload(SocialValueCommitment.deliveries),
            selectinload(SocialValueCommitment.interim_targets),
            joinedload(SocialValueCommitment.contract).selectinload(Contract.events),
            joinedload(SocialValueCommitment.contract).selectinload(Contract.options),
        )
        .order_by(SocialValueCommitment.id)
    )
    return [one for one in scope.session.scalars(query) if _is_current(one, scope)]


def _is_current(one: SocialValueCommitment, scope: Scope) -> bool:
    if one.contract is None:
        return one.due_on is None or one.due_on >= scope.window.first
    if one.contract.withdrawn_at is not None:
        return False
    standing = stood(one.contract, as_at=scope.as_at, today=scope.today)
    return scope.window.meets(standing.term.starts_on, standing.ends_on)


def rows(scope: Scope, found: Collection[SocialValueCommitment]) -> tuple[Annex5Row, ...]:
    return tuple(_row(one, scope) for one in found)


def _row(one: SocialValueCommitment, scope: Scope) -> Annex5Row:
    delivered = _verified(one, scope)
    total = verified_so_far(one.unit, [delivery.quantity for delivery in delivered])
    interim = tuple(Interim(step.due_on, step.quantity) for step in one.interim_targets)
    promise = Promise(one.target, one.from_on, one.due_on, total, is_rate=is_rate(one.unit), interim=interim)
    status = kept(promise, today=scope.as_at).status
    contract = one.contract
    return Annex5Row(
        unit=scope.unit(one.directorate_id, contract.division_id if contract else None),
        theme=one.theme,
        commitment=one.text,
        carried_by=contract.title if contract else "",
        measure=one.measure or one.unit or "No measure",
        unit_of_measure=(one.unit or "") if one.measure else "",
        target=one.target,
        target_by=one.due_on,
        delivered=total,
        delivered_as_at=delivered[-1].delivered_on if delivered else None,
        status=STATUSES[status],
        evidence=(delivered[-1].evidence or "") if delivered else "",
        record=f"/social-value/{one.id}",
        embargoed_until=contract.embargoed_until if contract else None,
    )


def _verified(one: SocialValueCommitment, scope: Scope) -> list[SocialValueDelivery]:
    """A claim is not a delivery; neither is what came after the as-at day."""
    return [
        delivery
        for delivery in one.deliveries
        if delivery.state is DeliveryState.VERIFIED and delivery.delivered_on <= scope.as_at
    ]


def gaps(
    scope: Scope, stated: Collection[Annex5Statement], found: Collection[SocialValueCommitment]
) -> Iterator[tuple[int, Gap]]:
    have = {statement.directorate for statement in stated}
    for directorate in council.directorates(scope.session, on=scope.as_at):
        if scope.holds(directorate.id) and directorate.name not in have:
            problem = f"No social value statement for {scope.year}."
            yield directorate.id, Gap(directorate.name, problem, record="/social-value")
    for one in found:
        if one.measure is None and not (one.contract and scope.waits(one.contract.embargoed_until)):
            problem = "No measure: nothing delivered can be counted against it."
            yield one.directorate_id, Gap(f"Commitment: {one.text[:80]}", problem, record=f"/social-value/{one.id}")
