"""What a contract lacks for the Transparency Code, and providers of whom it is not known what they are."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Date, Integer, String, and_, cast, func, null, or_, select
from sqlalchemy.orm import Session, selectinload

from app.core.findings import Asked, FindingKind, Rows, Severity, declare
from app.council import queries as council
from app.council import settings
from app.register.completeness import Item, Purpose, in_words, missing_for
from app.register.findings.of_contracts import ContractFinding, about_contracts, narrowed
from app.register.models import Contract, ContractProvider, ContractStage, Provider, ProviderKind
from app.register.queries.completeness import NOT_IN_THE_CODE, facts_of, lacks
from app.register.status import Status, in_status


def in_the_code(session: Session, today: date) -> ColumnElement[bool]:
    """Contracts that the Code's list takes in: let, not over yet, and not known to be worth £5,000 or less."""
    over = council.value_on(session, settings.CODE_OVER, today)
    figure = func.coalesce(Contract.whole_life_figure, Contract.annual_figure)
    return and_(
        Contract.stage.in_((ContractStage.AWARDED, ContractStage.SUSPENDED)),
        or_(Contract.current_end_on.is_(None), Contract.current_end_on >= today),
        Contract.form.not_in(NOT_IN_THE_CODE),
        or_(figure.is_(None), figure > over),
    )


def why_incomplete(missing: tuple[Item, ...]) -> str:
    return f"Missing: {in_words(missing)}."


#: What ``facts_of`` reads of the providers.
SUPPLIERS = selectinload(Contract.providers).joinedload(ContractProvider.provider).selectinload(Provider.identifiers)

TC1 = about_contracts(
    ContractFinding(
        code="TC1",
        one="contract that lacks something the Transparency Code asks to be published",
        many="contracts that lack something the Transparency Code asks to be published",
        severity=Severity.SOON,
        source="Local Government Transparency Code 2015, paragraph 32: contracts over £5,000",
        cure="Fill in what is missing before the quarter's file goes out.",
        loads=(SUPPLIERS,),
        condition=lambda session, today: and_(in_the_code(session, today), lacks(Purpose.CODE)),
        working=lambda _session, found, _today: why_incomplete(missing_for(Purpose.CODE, facts_of(found))),
        tells_amount=True,
    )
)


def _unknown_kinds(_session: Session, asked: Asked) -> Rows:
    """Of the providers of running contracts, in the part that is asked about; nobody's post answers for them."""
    delivering = select(ContractProvider.provider_id).join(Contract, Contract.id == ContractProvider.contract_id)
    part = Asked(asked.reader, asked.today, asked.directorate_id, asked.division_id, asked.post_key)
    running = delivering.where(*narrowed(part), in_status(Status.LIVE, asked.today)).correlate(None)
    conditions = [Provider.kind == ProviderKind.NOT_KNOWN, Provider.withdrawn_at.is_(None), Provider.id.in_(running)]
    conditions.extend(asked.narrowed(subject=Provider.id))
    return select(
        Provider.id,
        Provider.name.label("title"),
        cast(null(), Integer).label("directorate_id"),
        cast(null(), Integer).label("division_id"),
        cast(null(), String).label("manager_post_key"),
        cast(null(), Date).label("due_on"),
    ).where(*conditions)


def _why_unknown(_session: Session, _asked: Asked, ids: Sequence[int]) -> Mapping[int, str]:
    return dict.fromkeys(ids, "It delivers a running contract, and nobody has said what kind of organisation it is.")


PROVIDER_KIND = declare(
    FindingKind(
        code="provider-kind",
        one="provider of a running contract whose kind is not known",
        many="providers of running contracts whose kind is not known",
        severity=Severity.TIDY,
        source="Local Government Transparency Code 2015, paragraph 32; the annexes mark the council's own companies",
        cure="Say whether it is a company, a charity, a public body, a partnership or one person.",
        subject="provider",
        page="/providers/{}",
        mend="/providers/{}/edit",
        rows=_unknown_kinds,
        working=_why_unknown,
    )
)
