"""A council with two directorates and a record of every kind in each: what the tests of every page walk through."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts import commands as accounts
from app.accounts.models import Person, PersonIdentity, RoleHeld, SavedView, SignedInSession
from app.accounts.roles import Role
from app.core import clock
from app.core.audit import Change
from app.core.files import store_file
from app.core.rights import Reader, ScopeKind
from app.council import commands as council
from app.council.calendar import FinancialYear
from app.council.models import (
    BankHoliday,
    Committee,
    CommitteeKind,
    Directorate,
    Division,
    ElectionPeriod,
    Meeting,
    Outcome,
    Portfolio,
    Remit,
    Setting,
)
from app.decisions.commands import main_decision, settle_activity, settle_decision
from app.decisions.models import (
    Activity,
    ActivityKind,
    ActivityLine,
    ActivityService,
    AgendaItem,
    AskReason,
    CallInOutcome,
    Decision,
    DecisionKind,
    DecisionState,
    ForwardPlanEdition,
    ForwardPlanItem,
    Implementation,
    Notice,
    NoticeState,
    PreScrutinyRequest,
    Restriction,
)
from app.decisions.models import NoticeKind as DecisionNoticeKind
from app.decisions.rules.key_decisions import LineKind
from app.decisions.rules.timing import TimingKind
from app.home.feed.commands import make_address
from app.home.models import Snooze
from app.imports.models import ImportRun, ImportSource, RunState, SpendImport
from app.plans.commands import Actor, RoundWanted, open_round
from app.plans.models import Return, ReturnChase
from app.plans.queries.returns import returns_of
from app.plans.rules import Answer, ReturnState
from app.publication.models import (
    FieldRedaction,
    InformationAnswer,
    PublishedEdition,
    PublishedFile,
    PublishedRow,
)
from app.publication.rules.periods import FileKind
from app.publication.rules.redaction import Ground as WithholdingGround
from app.publication.rules.redaction import Withholdable
from app.register import ratings
from app.register.commands.indicators import settle_indicator
from app.register.commands.merging import merge_providers
from app.register.deliveries import DeliveryState
from app.register.models import (
    Agreement,
    AgreementCharge,
    AgreementStandard,
    AgreementStatus,
    Approval,
    Arrangement,
    BulkChange,
    BulkKind,
    Contract,
    ContractEvent,
    ContractForm,
    ContractNotice,
    ContractSpend,
    ControlTest,
    Document,
    DocumentKind,
    EventKind,
    ExtensionOption,
    Indicator,
    IndicatorResult,
    InHouseUnit,
    InterimTarget,
    PartnerRole,
    Programme,
    Provider,
    ProviderIdentifier,
    ProviderMerge,
    ProviderName,
    Service,
    ServiceCredit,
    ServicePartner,
    SocialValueCommitment,
    SocialValueDelivery,
    SocialValueStatement,
    StandardResult,
    TradingCompany,
)
from app.register.notices import NoticeKind
from app.register.service_levels import Direction, Frequency, Rating
from app.register.settling import settle
from tests.makers import a_person, added
from tests.register_makers import a_category, a_contract, a_directorate, a_division, a_service, an_arrangement

TODAY = date(2026, 11, 22)
STARTS, ENDS = date(2024, 4, 1), date(2028, 3, 31)


@dataclass
class Side:
    """One directorate and its records."""

    directorate: Directorate
    division: Division
    service: Service
    unit: InHouseUnit
    contract: Contract
    option: ExtensionOption
    event: ContractEvent
    agreement: Contract
    standard: AgreementStandard
    credit: ServiceCredit
    charges: list[AgreementCharge]
    arrangement: Arrangement
    activity: Activity
    #: Its second decision, an officer's, that was taken.
    decision: Decision
    approval: Approval
    statement: SocialValueStatement
    commitment: SocialValueCommitment
    delivery: SocialValueDelivery
    committee: Committee
    meeting: Meeting
    #: The change that gave the contract to its service.
    change_id: int
    spend: ContractSpend
    indicator: Indicator
    result: IndicatorResult
    document: Document
    notice: ContractNotice
    activity_change_id: int
    agenda_item: AgendaItem
    request: PreScrutinyRequest
    decision_notice: Notice
    #: It ends within the year with nothing in its place, and its reminder is put off.
    ends_soon: Contract
    redaction: FieldRedaction
    #: The directorate's return for the business plan.
    returns: list[Return] = field(default_factory=list)


@dataclass
class WholeCouncil:
    """Everything there is one of, and the two sides."""

    adults: Side
    roads: Side
    provider: Provider
    number: ProviderIdentifier
    other_name: ProviderName
    company: Provider
    #: A provider that may be the same as the first, and one that was found to be.
    lookalike: Provider
    merge: ProviderMerge
    control_test: ControlTest
    outcome: Outcome
    programme: Programme
    portfolio: Portfolio
    holiday: BankHoliday
    setting: Setting
    person: Person
    role_held: RoleHeld
    identity: PersonIdentity
    session_id: int
    import_run: ImportRun
    spend_import: SpendImport
    link: str = ""
    #: The token of a person's calendar address.
    calendar: str = ""
    #: Ids by the name they have in an address, for what belongs to neither side.
    shared: Mapping[str, object] = field(default_factory=dict)

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.adults, self.roads


def a_whole_council(session: Session, files: Path) -> WholeCouncil:
    """Make it, its import's raw file in the folder, and commit it."""
    council.create_council(session, "Wold Council", today=TODAY)
    provider = added(session, Provider(name="Lumen Care Ltd"))
    provider.identifiers = [ProviderIdentifier(scheme="VENDOR", value="V100")]
    provider.other_names = [ProviderName(name="Lumen")]
    company = added(session, Provider(name="Wold Trading Ltd", council_share=Decimal(100)))
    company.trading_company = TradingCompany(plan_title="Plan 2026")
    control_test = added(
        session,
        ControlTest(
            provider_id=company.id, tested_on=date(2026, 4, 1), activity_share=Decimal(83), recorded_at=clock.now(),
            recorded_by="Morgan Ash",
        ),
    )  # fmt: skip
    lookalike = added(session, Provider(name="Lumen Care Limited"))
    former = added(session, Provider(name="Lumen Domiciliary"))
    merge = merge_providers(session, provider, former, reason="A new name", by="Morgan Ash", now=clock.now())
    outcome = added(session, Outcome(name="People live well", position=1))
    programme = added(session, Programme(name="Phase two"))
    sides = [
        a_side(session, name, position, provider, company, outcome, files)
        for position, name in enumerate(("Adults", "Roads"), 1)
    ]
    person = a_person(session, Role.COMMISSIONER, name="Robin Holt")
    accounts.start_session(session, person.id, browser="a browser", now=clock.now())
    run = an_import(session, files)
    session.flush()
    made = WholeCouncil(
        adults=sides[0],
        roads=sides[1],
        provider=provider,
        number=provider.identifiers[0],
        other_name=provider.other_names[0],
        company=company,
        lookalike=lookalike,
        merge=merge,
        control_test=control_test,
        outcome=outcome,
        programme=programme,
        portfolio=added(session, Portfolio(name="Social care", position=1)),
        holiday=added(session, BankHoliday(on=date(2030, 5, 9), title="A day off")),
        setting=added(
            session, Setting(name="annex_threshold", from_on=date(2040, 4, 1), value="more than 2000000 whole life")
        ),
        person=person,
        role_held=person.roles[0],
        identity=added(
            session,
            PersonIdentity(
                person_id=person.id,
                issuer="https://sign-in.example",
                subject="a1",
                email=person.email,
                bound_at=clock.now(),
            ),
        ),
        session_id=session.scalars(select(SignedInSession.id).where(SignedInSession.person_id == person.id)).one(),
        import_run=run,
        spend_import=a_spend_file(session, files),
        link=accounts.make_link(session, person, now=clock.now()),
        calendar=make_address(session, person.id, now=clock.now()),
    )
    some_returns(session, sides)
    made.shared = {**made.shared, "bulk_id": a_bulk_change(session, made.roads.change_id).id}
    view = SavedView(person_id=person.id, name="Ends soon", list_path="/contracts", query="sort=ends_on", shared=True)
    made.shared = {**made.shared, "view_id": added(session, view).id}
    edition = an_edition(session, made.adults.contract, files)
    published = {"period": edition.period, "edition_number": edition.number, "filename": edition.files[0].name}
    made.shared = {**made.shared, **published, "answer_id": an_answer(session, files).id}
    plan = a_forward_plan(session)
    made.shared = {**made.shared, "edition_id": plan.id, "item_id": plan.items[0].id}
    election = ElectionPeriod(name="County elections", from_on=date(2029, 3, 20), until_on=date(2029, 5, 3))
    made.shared = {**made.shared, "election_id": added(session, election).id}
    session.commit()
    return made


def some_returns(session: Session, sides: list[Side]) -> None:
    """One to be made, and one that was signed off before its records were changed."""
    now = datetime(2026, 9, 1, 9, tzinfo=UTC)
    asks = Actor(Reader(None, "Morgan Ash"), date(2026, 9, 1), now)
    found = open_round(
        session, RoundWanted(year=FinancialYear(2026), returns_due_on=date(2027, 1, 15), note="Say what is new."), asks
    )
    for side, made in zip(sides, returns_of(session, found), strict=True):
        side.returns.append(made)
    signed = sides[1].returns[0]
    for part in signed.parts:
        part.answer, part.answered_at, part.answered_by = Answer.COMPLETE, now, "Morgan Ash"
    signed.chases.append(
        ReturnChase(chased_at=now, chased_by="Morgan Ash", whom="Robin Holt", how="by e-mail", missing=1)
    )
    signed.state, signed.sent_at, signed.sent_by = ReturnState.SIGNED_OFF, now, "Morgan Ash"
    signed.signed_off_at, signed.signed_off_by = now, "Robin Holt"
    session.flush()


def a_forward_plan(session: Session) -> ForwardPlanEdition:
    """A published list, kept, with one item that no record explains."""
    item = ForwardPlanItem(
        position=1, reference="26/00099", title="Library roofs", title_key="library roofs", due_words="Not before May",
        due_timing=TimingKind.NOT_KNOWN, is_key=True,
    )  # fmt: skip
    plan = added(
        session,
        ForwardPlanEdition(
            title="November list", from_on=date(2026, 11, 1), taken_at=clock.now(), taken_by="Morgan Ash",
            filename="plan.csv", items=[item],
        ),
    )  # fmt: skip
    plan.kept_at = clock.now()
    return plan


def a_bulk_change(session: Session, change_id: int) -> BulkChange:
    """An act over contracts of Roads, which nobody else may undo."""
    act = session.scalars(select(Change.act).where(Change.id == change_id)).one()
    return added(
        session,
        BulkChange(
            kind=BulkKind.EDIT, summary="Service: Roads", reason="Put right", act=str(act), made_at=clock.now(),
            made_by="Morgan Ash", changed=1, left=[], kept=[],
        ),
    )  # fmt: skip


def an_import(session: Session, files: Path) -> ImportRun:
    source = added(session, ImportSource(name="Finance's register"))
    kept = store_file(session, files, "register.csv", b"Title,Directorate\n", by="Morgan Ash")
    return added(
        session,
        ImportRun(
            source_id=source.id, filename="register.csv", file_hash=kept.sha256, state=RunState.FAILED,
            started_at=clock.now(), started_by="Morgan Ash", problem="The file is empty",
        ),
    )  # fmt: skip


def a_side(
    session: Session, name: str, position: int, provider: Provider, company: Provider, outcome: Outcome, files: Path
) -> Side:
    directorate = a_directorate(session, name=name, position=position)
    division = a_division(session, directorate, name=f"{name} division")
    service = a_service(session, directorate, name=f"{name} service", division=division, outcome_id=outcome.id)
    service.partners = [ServicePartner(name=f"{name} parish council", role=PartnerRole.FUNDS)]
    unit = added(session, InHouseUnit(name=f"{name} team", directorate_id=directorate.id))
    approval = added(
        session,
        Approval(reference=f"{position}/00053", title=f"{name} approval", directorate_id=directorate.id,
                 decided_on=date(2024, 1, 8), sum_allowed=Decimal(9_000_000)),
    )  # fmt: skip
    contract = a_long_contract(session, name, service, provider, approval)
    agreement = an_agreement(session, name, service, company)
    arrangement = an_arrangement(session, directorate, title=f"{name} homes", contracts=some_homes(session, service))
    activity = an_activity(session, name, service, contract)
    committee = Committee(name=f"{name} Cabinet Committee", kind=CommitteeKind.CABINET_COMMITTEE)
    committee.remits = [Remit(directorate_id=directorate.id)]
    committee.meetings = [Meeting(meets_on=date(2027, 1, 11))]
    commitment = a_promise(session, directorate, contract)
    indicator = an_indicator(session, contract)
    return Side(
        directorate=directorate,
        division=division,
        service=service,
        unit=unit,
        contract=contract,
        option=contract.options[0],
        event=contract.events[0],
        agreement=agreement.contract,
        standard=agreement.standards[0],
        credit=agreement.credits[0],
        charges=agreement.charges,
        arrangement=arrangement,
        activity=activity,
        decision=an_award(session, activity, approval),
        approval=approval,
        statement=added(
            session, SocialValueStatement(directorate_id=directorate.id, year=2026, text="Every contract does more.")
        ),
        commitment=commitment,
        delivery=commitment.deliveries[0],
        committee=added(session, committee),
        meeting=committee.meetings[0],
        change_id=session.scalars(
            select(func.max(Change.id)).where(
                Change.record_kind == "contract", Change.record_id == contract.id, Change.part != "contract_spend"
            )
        ).one(),
        spend=spent(session, contract),
        indicator=indicator,
        result=indicator.results[0],
        document=a_document(session, contract, files),
        notice=added(
            session,
            ContractNotice(
                contract_id=contract.id,
                kind=NoticeKind.UK7,
                published_on=date(2024, 4, 9),
                number=f"00001{position}-2024",
            ),
        ),
        activity_change_id=session.scalars(
            select(func.max(Change.id)).where(Change.record_kind == "activity", Change.record_id == activity.id)
        ).one(),
        agenda_item=an_agenda_item(session, committee, activity),
        request=a_request(session, committee, contract),
        decision_notice=a_notice(session, activity),
        ends_soon=a_contract_that_ends_soon(session, name, service),
        redaction=a_redaction(session, contract),
    )


def a_contract_that_ends_soon(session: Session, name: str, service: Service) -> Contract:
    contract = a_contract(
        session,
        service.directorate,
        title=f"{name} helpline",
        value=900_000,
        starts_on=STARTS,
        ends_on=TODAY + timedelta(days=200),
        service=service,
        division_id=service.division_id,
    )
    put_off = Snooze(
        code="ends-ahead",
        subject_id=contract.id,
        contract_id=contract.id,
        until_on=TODAY + timedelta(days=100),
        reason="It may not be needed",
        set_by="Morgan Ash",
        set_at=clock.now(),
    )
    added(session, put_off)
    return contract


def a_redaction(session: Session, contract: Contract) -> FieldRedaction:
    return added(
        session,
        FieldRedaction(
            contract_id=contract.id, field=Withholdable.CPV, ground=WithholdingGround.CONFIDENCE,
            reason="Told in confidence", decided_by="Head of Procurement", decided_on=date(2026, 4, 1),
            review_on=date(2027, 4, 1),
        ),
    )  # fmt: skip


def an_edition(session: Session, contract: Contract, files: Path) -> PublishedEdition:
    """A quarter's file, as it was published: one row."""
    kept = store_file(session, files, "register.csv", b"ContractTitle\nAdults contract\n", by="Morgan Ash")
    edition = PublishedEdition(
        kind=FileKind.CONTRACTS, period="2026-27-Q1", number=1, title="Contracts register, April to June 2026",
        organisation="Wold Council", effective_on=date(2026, 6, 30), rows=1,
        headings=[["ContractTitle", "Title of the agreement"]], published_at=clock.now(), published_by="Morgan Ash",
    )  # fmt: skip
    edition.files = [
        PublishedFile(name="register.csv", words="CSV", media_type="text/csv", size=kept.size, sha256=kept.sha256)
    ]
    added(session, edition)
    added(
        session,
        PublishedRow(
            edition_id=edition.id, position=1, contract_id=contract.id, cells={"ContractTitle": "Adults contract"},
            search_text="adults contract",
        ),
    )  # fmt: skip
    return edition


def an_answer(session: Session, files: Path) -> InformationAnswer:
    kept = store_file(session, files, "answer.csv", b"Title\n", by="Morgan Ash").id
    return added(
        session,
        InformationAnswer(
            reference="FOI 7", received_on=date(2026, 11, 2), due_on=date(2026, 11, 30), asked="the whole register",
            rows=2, made_at=clock.now(), made_by="Morgan Ash", csv_id=kept, xlsx_id=kept, letter_id=kept,
        ),
    )  # fmt: skip


def an_agenda_item(session: Session, committee: Committee, activity: Activity) -> AgendaItem:
    """On the committee's meeting."""
    return added(
        session,
        AgendaItem(
            committee_id=committee.id, meeting_id=committee.meetings[0].id, activity_id=activity.id,
            title=activity.title, asked_to="Endorse it", position=1,
        ),
    )  # fmt: skip


def a_request(session: Session, committee: Committee, contract: Contract) -> PreScrutinyRequest:
    """Of a member who is nobody in particular."""
    member = a_person(session, Role.MEMBER, scope=ScopeKind.COMMITTEE, scope_id=committee.id, name="Asker Ash")
    return added(
        session,
        PreScrutinyRequest(
            committee_id=committee.id, contract_id=contract.id, asked_by_id=member.id, asked_by=member.name,
            asked_at=clock.now(), about=AskReason.PERFORMANCE, reason="It is late",
        ),
    )  # fmt: skip


def a_spend_file(session: Session, files: Path) -> SpendImport:
    """Payments under the contracts of both sides, not yet taken in."""
    lines = b"Contract ref,Payment date,Net amount\nA1,01/05/2026,1000\nR1,01/05/2026,1000\nR1,01/05/2025,1000\n"
    kept = store_file(session, files, "spend.csv", lines, by="Morgan Ash")
    return added(
        session,
        SpendImport(
            filename="spend.csv", file_hash=kept.sha256, started_at=clock.now(), started_by="Morgan Ash",
            counts={}, changes=[],
        ),
    )  # fmt: skip


def spent(session: Session, contract: Contract) -> ContractSpend:
    figure = ContractSpend(
        contract_id=contract.id, year=2025, amount=Decimal(1_400_000), to_on=date(2026, 3, 31), source="The ledger"
    )
    return added(session, figure)


def an_indicator(session: Session, contract: Contract) -> Indicator:
    """With one result."""
    indicator = Indicator(
        contract=contract, contract_id=contract.id, name="Calls answered", target=Decimal(95), unit="per cent",
        measured_from=date(2026, 4, 1), frequency=Frequency.QUARTERLY, direction=Direction.HIGHER,
    )  # fmt: skip
    indicator.results = [
        IndicatorResult(
            from_on=date(2026, 4, 1),
            to_on=date(2026, 6, 30),
            figure=Decimal(96),
            rating=ratings.Rating.GOOD,
            stands=True,
            assessed_by="Morgan Ash",
            recorded_at=clock.now(),
            recorded_by="Morgan Ash",
        )
    ]  # fmt: skip
    settle_indicator(indicator)
    return added(session, indicator)


def a_document(session: Session, contract: Contract, files: Path) -> Document:
    kept = store_file(session, files, "spec.txt", b"What it has to be\n", by="Morgan Ash")
    return added(
        session,
        Document(
            contract_id=contract.id, kind=DocumentKind.SPECIFICATION, title="Specification", file_id=kept.id,
            filename="spec.txt", added_at=clock.now(), added_by="Morgan Ash",
        ),
    )  # fmt: skip


def a_long_contract(session: Session, name: str, service: Service, provider: Provider, approval: Approval) -> Contract:
    """Extended once, with an option left."""
    contract = a_contract(
        session,
        service.directorate,
        title=f"{name} contract",
        reference=f"{name[:1]}1",
        value=6_000_000,
        starts_on=STARTS,
        ends_on=ENDS,
        service=service,
        providers=(provider,),
        approval_id=approval.id,
        division_id=service.division_id,
        category=a_category(session, f"{name} category"),
    )
    contract.options = [ExtensionOption(position=0, months=12, value=Decimal(1_500_000), notice_months=3)]
    contract.events = [
        ContractEvent(
            kind=EventKind.VARIATION, effective_on=date(2025, 4, 1), value_change=Decimal(250_000), reason="More of it",
            recorded_at=clock.now(), recorded_by="Morgan Ash",
        )
    ]  # fmt: skip
    settle(contract)
    session.flush()
    return contract


def some_homes(session: Session, service: Service) -> tuple[Contract, ...]:
    return tuple(
        a_contract(
            session,
            service.directorate,
            title=f"{service.name} home {number}",
            value=400_000,
            starts_on=STARTS,
            ends_on=ENDS,
            service=service,
            division_id=service.division_id,
        )
        for number in range(1, 4)
    )


def an_agreement(session: Session, name: str, service: Service, company: Provider) -> Agreement:
    sla = a_contract(
        session,
        service.directorate,
        title=f"{name} agreement",
        value=None,
        annual=400_000,
        starts_on=STARTS,
        ends_on=ENDS,
        service=service,
        providers=(company,),
        form=ContractForm.SLA,
        division_id=service.division_id,
    )
    standard = AgreementStandard(contract_id=sla.id, measure="Calls answered", target="95%", linked_to_payment=True)
    standard.results = [
        StandardResult(
            contract_id=sla.id, from_on=STARTS, to_on=date(2024, 6, 30), value=Decimal(91), rating=Rating.BELOW,
            recorded_at=clock.now(), recorded_by="Morgan Ash",
        )
    ]  # fmt: skip
    agreement = Agreement(contract=sla, status=AgreementStatus.IN_PLACE, standards=[standard])
    agreement.charges = [AgreementCharge(contract_id=sla.id, year=2026, charge=Decimal(410_000), indexation="2.5%")]
    agreement.credits = [
        ServiceCredit(contract_id=sla.id, standard=standard, accrued_on=date(2024, 7, 1), amount=Decimal(1_500))
    ]
    return added(session, agreement)


def an_activity(session: Session, name: str, service: Service, contract: Contract) -> Activity:
    return added(
        session,
        Activity(
            title=f"{name} anew", purpose="To do it again, better", kind=ActivityKind.REPROCURE,
            directorate_id=service.directorate_id, division_id=service.division_id, contract_id=contract.id,
            timing=TimingKind.QUARTER, expected_on=date(2027, 7, 1),
            lines=[ActivityLine(kind=LineKind.REVENUE, low=Decimal(5_000_000), high=Decimal(6_000_000))],
            services=[ActivityService(service_id=service.id)],
        ),
    )  # fmt: skip


def an_award(session: Session, activity: Activity, approval: Approval) -> Decision:
    """Taken under the decision to procure, called in and upheld; beside it the first is still expected."""
    first = main_decision(activity)
    first.taker = "Cabinet"
    award = Decision(
        kind=DecisionKind.AWARD, state=DecisionState.TAKEN, restriction=Restriction.OPEN, delegated_by=first,
        implementation=Implementation.UNDER_WAY, implementation_note="Letters are out", taker="Corporate Director",
        timing=TimingKind.DAY, expected_on=date(2026, 9, 1), decided_on=date(2026, 9, 3), reference="26/00077",
        resolution="Award the contract", reasons="The best bid", alternatives="Do nothing", interests="None",
        dispensations="None", published_on=date(2026, 9, 4), called_in_on=date(2026, 9, 8), called_in_by="Five members",
        called_in_reason="Its cost", call_in_outcome=CallInOutcome.UPHELD, call_in_outcome_on=date(2026, 9, 20),
        approval=approval,
    )  # fmt: skip
    activity.decisions.append(award)
    settle_decision(session, award)
    settle_activity(activity)
    session.flush()
    return award


def a_notice(session: Session, activity: Activity) -> Notice:
    """Of its main decision, published at an address of its own."""
    decision = main_decision(activity)
    session.flush()
    return added(
        session,
        Notice(
            decision=decision, activity_id=activity.id, kind=DecisionNoticeKind.KEY_DECISION, matter="To do it again",
            state=NoticeState.PUBLISHED, published_on=date(2026, 10, 1), published_by="Morgan Ash", public=True,
            title=activity.title, timing=decision.timing, expected_on=decision.expected_on,
            restriction=Restriction.OPEN, expected_words="Q2 2027-28",
            words=f"Notice of a key decision\nWold Council\n\nTitle\n{activity.title}",
        ),
    )  # fmt: skip


def a_promise(session: Session, directorate: Directorate, contract: Contract) -> SocialValueCommitment:
    commitment = SocialValueCommitment(
        directorate_id=directorate.id, contract_id=contract.id, theme="Jobs", text="Start apprentices",
        measure="Apprentices", unit="people", target=Decimal(10), due_on=ENDS,
    )  # fmt: skip
    commitment.interim_targets = [InterimTarget(due_on=date(2026, 4, 1), quantity=Decimal(3))]
    commitment.deliveries = [
        SocialValueDelivery(delivered_on=date(2025, 4, 1), quantity=Decimal(4), state=DeliveryState.CLAIMED)
    ]
    return added(session, commitment)


def sides_by_name(made: WholeCouncil) -> Iterator[tuple[str, Side]]:
    yield from (("adults", made.adults), ("roads", made.roads))
