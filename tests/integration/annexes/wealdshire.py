"""A small fixed council with something true to show in each annex: what the tests and the golden files count."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from app.council.calendar import FinancialYear
from app.council.models import Directorate
from app.decisions.models import Activity, ActivityKind, ActivityLine, ActivityService, Likelihood
from app.decisions.rules.key_decisions import LineKind
from app.decisions.rules.timing import TimingKind
from app.register.deliveries import DeliveryState
from app.register.delivery import DeliveryRoute
from app.register.models import (
    Agreement,
    AgreementStandard,
    AgreementStatus,
    Arrangement,
    Contract,
    ContractEvent,
    ContractForm,
    EventKind,
    Provider,
    ProviderKind,
    Service,
    SocialValueCommitment,
    SocialValueDelivery,
    SocialValueStatement,
    TradingCompany,
)
from app.register.settling import settle
from tests.makers import added
from tests.register_makers import (
    a_contract,
    a_council,
    a_directorate,
    a_division,
    a_provider,
    a_service,
    an_arrangement,
)

YEAR = FinancialYear(2015)
AS_AT = date(2015, 3, 28)
TODAY = date(2026, 11, 22)
STARTS, ENDS = date(2013, 4, 1), date(2018, 3, 31)
HOMES = 27
#: What only the exempt edition may show.
EXEMPT_POUNDS = 7_654_321


@dataclass(frozen=True)
class Wealdshire:
    """The records the tests ask about."""

    adults: Directorate
    roads: Directorate
    care: Service
    waste: Service
    library: Service
    street: Contract
    small: Contract
    untold: Contract
    secret: Contract
    kept_back: Contract
    homes: Arrangement
    sla: Contract
    activity: Activity


def a_wealdshire(session: Session) -> Wealdshire:
    """Make it, with references everywhere, so that no file shows a database's own numbers."""
    a_council(session, name="Wealdshire County Council")
    adults = a_directorate(session, name="Adult Social Care", position=1)
    roads = a_directorate(session, name="Growth & Transport", position=2)
    homes_team = a_division(session, adults, name="Older People", position=1)
    highways = a_division(session, roads, name="Highways", position=1)
    care = a_service(session, adults, name="Residential care", division=homes_team, position=1)
    library = a_service(session, roads, name="Libraries", route=DeliveryRoute.IN_HOUSE, position=9)
    waste = a_service(session, roads, name="Waste", route=DeliveryRoute.TRADING_COMPANY, division=highways, position=2)
    lighting = a_service(session, roads, name="Street lighting", division=highways, position=1)
    lumen = a_provider(session, name="Lumen Grid Ltd", sme=True)
    company = a_company(session)
    street = on_the_roads(session, lighting, "Street lights", "R1", value=5_000_000, providers=(lumen,))
    made = Wealdshire(
        adults=adults,
        roads=roads,
        care=care,
        waste=waste,
        library=library,
        street=street,
        small=on_the_roads(session, lighting, "Lamp posts", "R2", value=900_000, providers=(lumen,)),
        untold=on_the_roads(session, lighting, "Signs", "R3", value=None),
        secret=on_the_roads(
            session, lighting, "Traffic data", "R4", value=EXEMPT_POUNDS, exempt=True, providers=(lumen,)
        ),
        kept_back=on_the_roads(
            session, lighting, "Bridge toll plan", "R5", value=3_000_000, embargoed_until=date(2015, 6, 1)
        ),
        homes=care_homes(session, adults, care),
        sla=an_sla(session, roads, waste, company),
        activity=relighting(session, roads, street, lighting),
    )
    promises(session, roads, street)
    session.commit()
    return made


def on_the_roads(session: Session, service: Service, title: str, reference: str, **more: Any) -> Contract:
    return a_contract(
        session,
        service.directorate,
        title=title,
        reference=reference,
        service=service,
        starts_on=STARTS,
        ends_on=ENDS,
        **more,
    )


def a_company(session: Session) -> Provider:
    company = a_provider(
        session, name="Wealdshire Services Ltd", kind=ProviderKind.COUNCIL_OWNED, council_share=Decimal(100)
    )
    added(session, TradingCompany(provider_id=company.id, plan_title="Plan 2015-18", plan_on=date(2015, 2, 1)))
    return company


def care_homes(session: Session, adults: Directorate, care: Service) -> Arrangement:
    """Each home is far below the threshold; the agreement they share is over it."""
    homes = tuple(
        a_contract(
            session,
            adults,
            title=f"Care home agreement ({number:02})",
            reference="CH1",
            value=100_000,
            service=care,
            providers=(a_provider(session, name=f"Home {number:02}"),),
            starts_on=STARTS,
            ends_on=ENDS,
        )
        for number in range(1, HOMES + 1)
    )
    return an_arrangement(session, adults, contracts=homes, title="Care home agreement", reference="CH1")


def an_sla(session: Session, roads: Directorate, waste: Service, company: Provider) -> Contract:
    """A service level agreement with a company is a contract as well: over the threshold it stands in two annexes."""
    sla = a_contract(
        session,
        roads,
        title="Waste sites",
        reference="SLA1",
        value=None,
        annual=400_000,
        service=waste,
        providers=(company,),
        form=ContractForm.SLA,
        starts_on=STARTS,
        ends_on=ENDS,
    )
    standards = [AgreementStandard(contract_id=sla.id, measure="Sites open", target="98%", latest_result="99%")]
    added(
        session,
        Agreement(
            contract_id=sla.id, status=AgreementStatus.IN_PLACE, client_lead_post="Head of Waste", standards=standards
        ),
    )
    return sla


def relighting(session: Session, roads: Directorate, street: Contract, lighting: Service) -> Activity:
    return added(
        session,
        Activity(
            id=901, title="Street lights again", purpose="Light the county's roads", kind=ActivityKind.REPROCURE,
            directorate_id=roads.id, contract_id=street.id, timing=TimingKind.QUARTER, expected_on=date(2016, 7, 1),
            likelihood=Likelihood.LIKELY, expected_months=60, decision_taker="Cabinet Member for Roads",
            lines=[ActivityLine(kind=LineKind.REVENUE, low=Decimal(5_000_000), high=Decimal(6_000_000))],
            services=[ActivityService(service_id=lighting.id)],
        ),
    )  # fmt: skip


def promises(session: Session, roads: Directorate, street: Contract) -> None:
    added(
        session,
        SocialValueStatement(
            directorate_id=roads.id,
            year=2015,
            text="Every contract does more.",
            signed_off_by="Corporate Director",
            signed_off_on=date(2015, 3, 1),
        ),
    )
    commitment = SocialValueCommitment(
        directorate_id=roads.id,
        contract_id=street.id,
        theme="Jobs",
        text="Start apprentices",
        measure="Apprentices",
        unit="people",
        target=Decimal(10),
        from_on=STARTS,
        due_on=ENDS,
    )
    for on, number, state in (
        (date(2014, 4, 1), 4, DeliveryState.VERIFIED),
        (date(2014, 9, 1), 2, DeliveryState.CLAIMED),
        (date(2016, 4, 1), 3, DeliveryState.VERIFIED),
    ):
        evidence = "Provider's return" if state is DeliveryState.VERIFIED else None
        commitment.deliveries.append(
            SocialValueDelivery(delivered_on=on, quantity=Decimal(number), state=state, evidence=evidence)
        )
    added(session, commitment)


def extended(session: Session, contract: Contract, *, on: date, until: date, by: int) -> None:
    """The contract was extended on a day, with more money."""
    contract.events.append(
        ContractEvent(
            kind=EventKind.EXTENSION, effective_on=on, ends_on=until, value_change=Decimal(by), reason="Agreed",
            recorded_at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC), recorded_by="Morgan Ash",
        )
    )  # fmt: skip
    settle(contract)
    session.commit()
