"""What services lack, and what the control tests of the council's companies give to look at."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import ColumnElement, Date, Integer, and_, cast, exists, false, null, or_, select
from sqlalchemy.orm import Session

from app.core.dates import day
from app.core.findings import Asked, FindingKind, Rows, Severity, declare
from app.register import control, delivery
from app.register.models import Provider, ProviderKind, Service, TradingCompany
from app.register.queries.control import flags_of
from app.register.queries.lacking import Lacking, lacks, stands
from app.register.queries.remembered import once

# Services


def _services(what: Lacking) -> Callable[[Session, Asked], Rows]:
    def rows(_session: Session, asked: Asked) -> Rows:
        due = Service.planned_from_on if what is Lacking.PLAN else cast(null(), Date)
        return select(
            Service.id,
            Service.name,
            Service.directorate_id,
            Service.division_id,
            Service.head_post_key,
            due.label("due_on"),
        ).where(stands(), lacks(what, asked.reader, asked.today), *services_narrowed(asked))

    return rows


def services_narrowed(asked: Asked) -> list[ColumnElement[bool]]:
    """The services asked about: a service's head answers for it."""
    return asked.narrowed(
        subject=Service.id,
        directorate=Service.directorate_id,
        division=Service.division_id,
        post=Service.head_post_key,
    )


def _of_services(say: Callable[[Service], str]) -> Callable[[Session, Asked, Sequence[int]], Mapping[int, str]]:
    def working(session: Session, _asked: Asked, ids: Sequence[int]) -> Mapping[int, str]:
        found = session.scalars(select(Service).where(Service.id.in_(ids)).order_by(Service.id))
        return {service.id: say(service) for service in found}

    return working


def _delivered(service: Service) -> str:
    return f"It is delivered {delivery.in_words(service.route)}"


def _planned(service: Service) -> str:
    if service.planned_route is None or service.planned_from_on is None:
        return ""
    return f"To be delivered {delivery.in_words(service.planned_route)} from {day(service.planned_from_on)}"


def _service_finding(
    what: Lacking,
    code: str,
    one: str,
    many: str,
    severity: Severity,
    source: str,
    cure: str,
    say: Callable[[Service], str] = _delivered,
) -> None:
    declare(
        FindingKind(
            code=code,
            one=one,
            many=many,
            severity=severity,
            source=source,
            cure=cure,
            subject="service",
            page="/services/{}",
            rows=_services(what),
            working=_of_services(say),
        )
    )


ANNEX = "Annex of services: how each is delivered, and by whom"
_service_finding(
    Lacking.CONTRACT,
    "SE1",
    "service has no live contract and is not in-house",
    "services have no live contract and are not in-house",
    Severity.ACT,
    ANNEX,
    "Record its contract or agreement, give it one that is recorded, or change how it is delivered",
)
_service_finding(
    Lacking.IN_HOUSE,
    "SE2",
    "in-house service has live contracts",
    "in-house services have live contracts",
    Severity.TIDY,
    ANNEX,
    "Change how it is delivered to mixed, or give the contracts to another service",
)
_service_finding(
    Lacking.ROUTE,
    "SE3",
    "service is delivered in a way not known",
    "services are delivered in a way not known",
    Severity.SOON,
    ANNEX,
    "Find out who delivers it, and change how it is delivered",
)
_service_finding(
    Lacking.OUTCOME,
    "SE4",
    "service supports no outcome",
    "services support no outcome",
    Severity.TIDY,
    "The council's outcomes: each service supports at least one",
    "Choose the outcome it supports most",
)
_service_finding(
    Lacking.PLAN,
    "SE5",
    "planned change of delivery has come",
    "planned changes of delivery have come",
    Severity.ACT,
    "The service's own record: a plan changes nothing by itself",
    "Record that the change came, give it a later day, or say that it is no longer planned",
    _planned,
)

# Companies the council owns


def _companies(session: Session, asked: Asked, code: str, weight: control.Weight) -> Rows:
    """Companies whose latest test gives this to look at. They are few, so each is read and judged by the rule."""
    ids = sorted(
        number
        for number, flags in _judged(session, asked).items()
        if any(flag.code == code and flag.weight is weight for flag in flags)
    )
    return (
        select(
            Provider.id,
            Provider.name,
            cast(null(), Integer).label("directorate_id"),
            cast(null(), Integer).label("division_id"),
            TradingCompany.shareholder_lead_post_key,
            cast(null(), Date).label("due_on"),
        )
        .outerjoin(TradingCompany, TradingCompany.provider_id == Provider.id)
        .where(Provider.id.in_(ids) if ids else false())
    )


def _judged(session: Session, asked: Asked) -> Mapping[int, tuple[control.Flag, ...]]:
    """A record's page asks for every kind of one company: it is judged once."""

    def judge() -> Mapping[int, tuple[control.Flag, ...]]:
        return flags_of(session, _owned(session, asked), asked.today)

    if asked.subject_id is None:
        return judge()
    return once(session, ("control", asked.subject_id, asked.post_key, asked.today), judge)


def _owned(session: Session, asked: Asked) -> Sequence[int]:
    """The council's companies that are asked about; none of them is of one directorate."""
    if asked.directorate_id is not None or asked.division_id is not None:
        return ()
    is_company = exists().where(TradingCompany.provider_id == Provider.id)
    conditions = [Provider.withdrawn_at.is_(None), or_(Provider.kind == ProviderKind.COUNCIL_OWNED, is_company)]
    conditions.extend(asked.narrowed(subject=Provider.id))
    if asked.post_key is not None:
        leads = TradingCompany.shareholder_lead_post_key == asked.post_key
        conditions.append(exists().where(and_(TradingCompany.provider_id == Provider.id, leads)))
    return session.scalars(select(Provider.id).where(*conditions).order_by(Provider.id)).all()


def _company_finding(code: str, one: str, many: str, weight: control.Weight, source: str, cure: str) -> None:
    def rows(session: Session, asked: Asked) -> Rows:
        return _companies(session, asked, code, weight)

    def working(session: Session, asked: Asked, ids: Sequence[int]) -> Mapping[int, str]:
        return {
            number: next((flag.words for flag in flags if flag.code == code), "")
            for number, flags in flags_of(session, ids, asked.today).items()
        }

    declare(
        FindingKind(
            code=code if weight is control.Weight.RED else f"{code}A",
            one=one,
            many=many,
            severity=Severity.ACT if weight is control.Weight.RED else Severity.SOON,
            source=source,
            cure=cure,
            subject="provider",
            page="/trading-companies/{}",
            rows=rows,
            working=working,
        )
    )


LOOK = "Look at the company's control with the council's lawyers, and record what was found"
for _code, _one, _many, _weight, _paragraph in (
    ("LT1", "company has no current control test", "companies have no current control test", control.Weight.RED, "2"),
    (
        "LT2",
        "company's parent undertaking is not the council",
        "companies' parent undertaking is not the council",
        control.Weight.RED,
        "2(2)(a)",
    ),
    (
        "LT3",
        "company is under somebody else's decisive influence",
        "companies are under somebody else's decisive influence",
        control.Weight.RED,
        "2(2)(b)",
    ),
    (
        "LT4",
        "company's board lacks an owner",
        "companies' boards lack an owner",
        control.Weight.RED,
        "2(2)(d)",
    ),
    (
        "LT5",
        "company works too little for the council",
        "companies work too little for the council",
        control.Weight.RED,
        "2(2)(c)",
    ),
    (
        "LT5",
        "company's share of work for the council is near the limit or not recorded",
        "companies' share of work for the council is near the limit or not recorded",
        control.Weight.AMBER,
        "2(2)(c)",
    ),
    ("LT6", "company has private shareholders", "companies have private shareholders", control.Weight.RED, "2(3)"),
):
    _company_finding(_code, _one, _many, _weight, f"{control.SCHEDULE} {_paragraph}", LOOK)
