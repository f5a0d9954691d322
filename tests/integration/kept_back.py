"""What the Roads directorate keeps back: exempt amounts on every kind of record, and a contract under embargo."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import Actor, act_as
from app.core.money import pounds_long, pounds_short
from app.council import commands as council
from app.council.queries import the_council
from app.council.settings import CONSENT_REVENUE
from app.decisions.commands import main_decision
from app.decisions.models import (
    Activity,
    ActivityContract,
    ActivityKind,
    ActivityLine,
    AgendaItem,
    AskReason,
    Notice,
    NoticeState,
    PreScrutinyRequest,
    ProposalAnswer,
    ProposalVerdict,
)
from app.decisions.models import NoticeKind as DecisionNoticeKind
from app.decisions.rules.key_decisions import LineKind
from app.decisions.rules.timing import TimingKind
from app.register.models import (
    Approval,
    Arrangement,
    ArrangementKind,
    Contract,
    ContractEvent,
    ContractForm,
    ContractNotice,
    ContractService,
    ContractSpend,
    ContractStage,
    Document,
    DocumentKind,
    EventKind,
    ExtensionOption,
    Indicator,
    SocialValueCommitment,
    VatTreatment,
)
from app.register.notices import NoticeKind
from app.register.regime import Regime
from app.register.settling import settle
from app.register.values import ArrangementValuation
from tests.integration.whole_council import ENDS, STARTS, TODAY, WholeCouncil
from tests.makers import added
from tests.register_makers import a_contract, an_arrangement

GROUND = "Schedule 12A, paragraph 3"
#: A word that stands in the title, reference and words of whatever is under embargo, and nowhere else.
EMBARGOED = "Zirconium"
#: Two sets of amounts, of one size: nothing that others are told may hang on which of them is in the register.
FIRST = tuple(Decimal(text) for text in ("7654321.09", "3456789.01", "9676543.21", "8765432.17", "2345678.93"))
SECOND = tuple(Decimal(text) for text in ("8123456.78", "3567891.23", "9987654.32", "8876543.28", "2456789.04"))
#: Sizes apart: over and under every threshold and every band of lead times.
SMALL = tuple(Decimal(text) for text in ("654321.09", "156789.01", "476543.21", "765432.17", "145678.93"))


@dataclass
class KeptBack:
    """The exempt records, whose amounts can be changed, and the embargoed ones."""

    contract: Contract
    agreement: Contract
    homes: Arrangement
    activity: Activity
    approval: Approval
    #: Its own amounts are open, the sum of the exempt activity that it is let under is not.
    footways: Contract
    #: Crosses the vesting day, and waits for a consent that hangs on its amount.
    planned: Contract
    option: ExtensionOption
    correction: ContractEvent
    zirconium: Contract
    zirconium_sla: Contract

    @property
    def footways_approved(self) -> Approval:
        assert self.footways.approval is not None
        return self.footways.approval


def exempt(contract: Contract) -> Contract:
    contract.exempt, contract.exempt_ground = True, GROUND
    return contract


def keep_back(session: Session, made: WholeCouncil) -> KeptBack:
    """Make what Roads keeps back and commit it."""
    act_as(session, Actor(None, "Robin Holt"))
    roads = made.roads
    contract, agreement = exempt(roads.contract), exempt(roads.agreement)
    for one in roads.arrangement.contracts:
        exempt(one)
    kept = KeptBack(
        contract=contract,
        agreement=agreement,
        homes=some_repeated_homes(session, made),
        activity=roads.activity,
        approval=roads.approval,
        footways=a_contract_under_an_exempt_sum(session, made),
        planned=planned_beyond_the_vesting_day(session, made),
        option=contract.options[0],
        correction=a_correction(contract),
        zirconium=an_embargoed_contract(session, made),
        zirconium_sla=a_contract(
            session, roads.directorate, title=f"{EMBARGOED} agreement", value=None, annual=900_000, starts_on=STARTS,
            ends_on=ENDS, form=ContractForm.SLA, providers=(made.company,), service=roads.service,
            embargoed_until=date(2099, 1, 1),
        ),
    )  # fmt: skip
    roads.activity.exempt, roads.activity.exempt_ground = True, GROUND
    roads.arrangement.valuation = ArrangementValuation.STATED
    a_document_not_open(session, contract)
    set_amounts(session, made, kept, FIRST)
    what_hangs_on(session, made, kept.zirconium)
    covered_beside(session, made, kept)
    session.commit()
    return kept


def planned_beyond_the_vesting_day(session: Session, made: WholeCouncil) -> Contract:
    vesting_on = date(2028, 1, 1)
    council.change_council(the_council(session), name="Wold Council", vesting_on=vesting_on, successor_name="New Wold")
    council.add_setting_value(
        session, CONSENT_REVENUE, value="£1,000,000", from_on=date(2026, 1, 1), source=None, today=TODAY
    )
    return exempt(
        a_contract(
            session, made.roads.directorate, title="Resurfacing to come", starts_on=date(2027, 4, 1), ends_on=ENDS,
            stage=ContractStage.PLANNED,
        )
    )  # fmt: skip


def a_correction(contract: Contract) -> ContractEvent:
    """Which keeps old and new; and what else reckons with the amount: its law, its VAT."""
    contract.regime, contract.vat_treatment = Regime.PUBLIC, VatTreatment.STANDARD
    correction = ContractEvent(
        kind=EventKind.CORRECTION,
        effective_on=STARTS,
        reason="A slip",
        recorded_at=clock.now(),
        recorded_by="Morgan Ash",
    )
    contract.events.append(correction)
    return correction


def a_document_not_open(session: Session, contract: Contract) -> Document:
    """On a record that is: nobody else is to see that it is there."""
    return added(
        session,
        Document(
            contract_id=contract.id, kind=DocumentKind.EVIDENCE, title=f"{EMBARGOED} prices", not_open=True,
            url="https://wold.example/prices", added_at=clock.now(), added_by="Robin Holt",
        ),
    )  # fmt: skip


def set_amounts(session: Session, made: WholeCouncil, kept: KeptBack, amounts: tuple[Decimal, ...]) -> None:
    """Put the amounts where they are kept back, and commit: a contract's in every column that holds one."""
    whole, yearly, stated, line, share = amounts
    contract = kept.contract
    contract.awarded_low = contract.awarded_high = whole
    contract.annual_low = contract.annual_high = yearly
    contract.irrecoverable_vat = share
    contract.value_note, contract.share_of = f"Said to be £{whole:,}", f"a £{stated:,} whole"
    contract.providers[0].share = share
    kept.option.value = share
    kept.correction.value_change, kept.correction.corrected = line, {"awarded_high": [f"{line:.2f}", f"{whole:.2f}"]}
    made.roads.spend.amount, made.roads.spend.note = line, f"Some £{line:,} of it"
    kept.agreement.annual_low = kept.agreement.annual_high = yearly
    roads = made.roads
    roads.credit.amount, roads.credit.note = share, f"Of a charge of £{yearly:,}"
    for charge in roads.charges:
        charge.charge, charge.indexation = yearly, f"From £{line:,}"
    made.roads.arrangement.value_low = made.roads.arrangement.value_high = stated
    made.roads.arrangement.annual_value = yearly
    made.roads.arrangement.value_note = f"About £{stated:,}"
    kept.approval.sum_allowed = whole
    kept.footways_approved.sum_allowed = whole
    kept.activity.lines[0].low = kept.activity.lines[0].high = line
    kept.activity.value_note = f"Some £{line:,}"
    item = roads.agenda_item
    item.exempt, item.exempt_ground = True, GROUND
    item.note, item.asked_to = f"Bids of £{line:,} and £{whole:,}", f"Endorse £{line:,}"
    for draft in session.scalars(select(Notice).where(Notice.state == NoticeState.DRAFT)):
        draft.matter, draft.reasons = f"To spend £{line:,}", f"£{whole:,} is offered today only"
    said = made.roads.decision
    said.resolution, said.alternatives = f"Award at £{line:,}", f"£{whole:,} for longer"
    said.called_in_reason, said.implementation_note = f"£{line:,} is too much", f"£{share:,} spent"
    for home in kept.homes.contracts:
        home.awarded_low = home.awarded_high = whole
    kept.planned.awarded_low = kept.planned.awarded_high = whole
    for one in (contract, kept.planned, kept.agreement, *made.roads.arrangement.contracts, *kept.homes.contracts):
        settle(one)
    session.commit()


def a_contract_under_an_exempt_sum(session: Session, made: WholeCouncil) -> Contract:
    """It has passed the first sum approved, and not the second."""
    roads = made.roads
    approval = added(session, Approval(reference="R/2", title="Footways approved", directorate_id=roads.directorate.id))
    main_decision(roads.activity).approval = approval
    return a_contract(
        session, roads.directorate, title="Footways", value=8_000_000, starts_on=STARTS, ends_on=ENDS,
        service=roads.service, providers=(made.provider,), approval_id=approval.id,
    )  # fmt: skip


def some_repeated_homes(session: Session, made: WholeCouncil) -> Arrangement:
    """One exempt value printed on each of two contracts."""
    homes = tuple(
        exempt(
            a_contract(
                session, made.roads.directorate, title=f"Depot {number}", value=FIRST[0], starts_on=STARTS,
                ends_on=ENDS, service=made.roads.service, providers=(made.provider,),
            )
        )
        for number in (1, 2)
    )  # fmt: skip
    return an_arrangement(
        session, made.roads.directorate, contracts=homes, title="Depots", valuation=ArrangementValuation.REPEATED
    )


def an_embargoed_contract(session: Session, made: WholeCouncil) -> Contract:
    """Tied to as much of the rest as a contract can be."""
    roads = made.roads
    contract = a_contract(
        session,
        roads.directorate,
        title=f"{EMBARGOED} causeway",
        reference=f"{EMBARGOED}-1",
        value=6_000_000,
        starts_on=STARTS,
        ends_on=date(2027, 3, 31),
        service=roads.service,
        division_id=roads.division.id,
        providers=(made.provider,),
        form=ContractForm.FRAMEWORK,
        embargoed_until=date(2099, 1, 1),
        description=f"The {EMBARGOED} line",
        approval_id=roads.approval.id,
    )
    contract.other_services = [ContractService(service_id=made.adults.service.id)]
    return contract


def what_hangs_on(session: Session, made: WholeCouncil, zirconium: Contract) -> None:
    """Open records that point at it, and its own that must stay back with it."""
    adults, roads = made.adults, made.roads
    call_off = a_contract(
        session, adults.directorate, title="Bridge call-off", value=300_000, parent_id=zirconium.id,
        service=adults.service, form=ContractForm.CALL_OFF, starts_on=STARTS, ends_on=ENDS,
    )  # fmt: skip
    follower = a_contract(
        session, adults.directorate, title="What comes next", value=300_000, replaces_id=zirconium.id,
        service=adults.service, starts_on=date(2027, 4, 1), ends_on=date(2031, 3, 31),
    )  # fmt: skip
    before = a_contract(
        session, adults.directorate, title="What went before", value=300_000, service=adults.service,
        starts_on=date(2020, 4, 1), ends_on=date(2024, 3, 31),
    )  # fmt: skip
    zirconium.replaces_id = before.id
    added(
        session,
        Arrangement(
            title="Crossings", kind=ArrangementKind.FRAMEWORK, directorate_id=roads.directorate.id,
            contracts=[zirconium, call_off],
        ),
    )  # fmt: skip
    spur = a_contract(
        session, roads.directorate, title=f"{EMBARGOED} spur", value=2_000_000, embargoed_until=date(2099, 1, 1),
        starts_on=STARTS, ends_on=date(2027, 3, 31), service=roads.service,
    )  # fmt: skip
    an_arrangement(session, roads.directorate, title=f"{EMBARGOED} agreements", contracts=(spur,))
    added(
        session,
        Activity(
            title=f"{EMBARGOED} anew", purpose="To do it again", kind=ActivityKind.REPROCURE,
            directorate_id=roads.directorate.id, contract_id=zirconium.id, timing=TimingKind.QUARTER,
            expected_on=date(2027, 1, 1),
            lines=[ActivityLine(kind=LineKind.REVENUE, low=Decimal(4_000_000), high=Decimal(4_000_000))],
        ),
    )  # fmt: skip
    added(
        session,
        SocialValueCommitment(
            directorate_id=roads.directorate.id, contract_id=zirconium.id, theme=f"{EMBARGOED} theme",
            text=f"{EMBARGOED} apprentices", target=Decimal(3),
        ),
    )  # fmt: skip
    added(
        session,
        ProposalAnswer(
            contract_id=zirconium.id, verdict=ProposalVerdict.DISMISSED, reason=f"{EMBARGOED} is ending",
            judged_value=Decimal(6_000_000), answered_at=clock.now(), answered_by="Robin Holt",
        ),
    )  # fmt: skip
    added(
        session,
        Indicator(
            contract_id=zirconium.id, name=f"{EMBARGOED} index", measured_from=STARTS,
            next_period_ends_on=date(2024, 6, 30), periods_below=2,
        ),
    )  # fmt: skip
    added(
        session,
        Document(
            contract_id=zirconium.id, kind=DocumentKind.CONTRACT, title=f"{EMBARGOED} deed",
            url="https://wold.example/deed", added_at=clock.now(), added_by="Robin Holt",
        ),
    )  # fmt: skip
    added(
        session,
        ContractSpend(
            contract_id=zirconium.id, year=2025, amount=Decimal(100), to_on=date(2026, 3, 31), source=EMBARGOED
        ),
    )
    added(
        session,
        ContractNotice(
            contract_id=zirconium.id, kind=NoticeKind.UK7, published_on=date(2026, 1, 5), note=f"{EMBARGOED} notice"
        ),
    )
    committees_business(session, made, zirconium)
    notices_kept_back(session, made, zirconium)
    assert follower.replaces_id == zirconium.id


def covered_beside(session: Session, made: WholeCouncil, kept: KeptBack) -> None:
    """An activity led by an open contract that covers the embargoed one too, on an agenda."""
    activity = added(
        session,
        Activity(
            title=f"{EMBARGOED} with footways", purpose="To let both as one", kind=ActivityKind.REPROCURE,
            directorate_id=made.roads.directorate.id, contract_id=kept.footways.id, timing=TimingKind.QUARTER,
            expected_on=date(2027, 1, 1), also=[ActivityContract(contract=kept.zirconium)],
            lines=[ActivityLine(kind=LineKind.REVENUE, low=Decimal(4_000_000), high=Decimal(4_000_000))],
        ),
    )  # fmt: skip
    main_decision(activity)
    added(
        session,
        AgendaItem(
            committee_id=made.roads.committee.id, meeting_id=made.roads.committee.meetings[0].id,
            title=f"{EMBARGOED} with footways", activity_id=activity.id,
        ),
    )  # fmt: skip


def committees_business(session: Session, made: WholeCouncil, zirconium: Contract) -> None:
    """On the agenda and asked for, on a meeting whose pack everybody may read."""
    roads = made.roads
    meeting = roads.committee.meetings[0]
    activity = session.scalars(select(Activity).where(Activity.contract_id == zirconium.id)).one()
    for about in ({"contract_id": zirconium.id}, {"activity_id": activity.id}):
        added(
            session,
            AgendaItem(
                committee_id=roads.committee.id, meeting_id=meeting.id, title=f"{EMBARGOED} in trouble",
                note=f"{EMBARGOED} runs late", **about,
            ),
        )  # fmt: skip
        added(
            session,
            PreScrutinyRequest(
                committee_id=roads.committee.id, asked_by_id=made.person.id, asked_by="Cllr Vane",
                asked_at=clock.now(), about=AskReason.VALUE, reason=f"{EMBARGOED} costs too much", **about,
            ),
        )  # fmt: skip


def notices_kept_back(session: Session, made: WholeCouncil, zirconium: Contract) -> None:
    """A draft begun before the amount became exempt, and a notice of what is under embargo since."""
    session.add(
        Notice(
            decision=made.roads.decision, activity_id=made.roads.activity.id, kind=DecisionNoticeKind.GENERAL_EXCEPTION,
            state=NoticeState.DRAFT, matter=f"To spend £{FIRST[3]:,}", reasons=f"£{FIRST[0]:,} is offered today only",
            urgent_because=f"£{FIRST[0]:,} lapses",
        )
    )  # fmt: skip
    activity = session.scalars(select(Activity).where(Activity.contract_id == zirconium.id)).one()
    session.add(
        Notice(
            decision=main_decision(activity), activity_id=activity.id, kind=DecisionNoticeKind.SPECIAL_URGENCY,
            state=NoticeState.PUBLISHED, matter=f"{EMBARGOED} cannot wait", published_on=date(2026, 11, 1),
            published_by="Robin Holt", title=f"{EMBARGOED} anew", words=f"{EMBARGOED}\nWold Council",
            agreed_on=date(2026, 11, 1), agreed_by="Cllr Vane",
        )
    )  # fmt: skip
    session.flush()


def forms_of(amount: Decimal) -> set[str]:
    """The amount as pages, files and sentences write it."""
    return {
        f"{amount:,.2f}",
        f"{amount:.2f}",
        f"{int(amount):,}",
        str(int(amount)),
        str(int(amount * 100)),
        pounds_short(amount),
        pounds_long(amount),
    }
