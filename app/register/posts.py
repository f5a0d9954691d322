"""Where the register's records name a post."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import String, cast, literal, null, select
from sqlalchemy.orm.attributes import flag_modified

from app.core.posts import PostPlace, Rows, declare_place
from app.core.rights import Permission, Reader
from app.council.models import Directorate
from app.register.models import Agreement, Contract, InHouseUnit, Provider, Service, TradingCompany
from app.register.visibility import rows_open_to

#: Something that, once given another post, is an edit of the record it belongs to.
EDIT = Permission.EDIT_REGISTER


def sets_post(
    column: str, *, of: Callable[[Any], Any] = lambda record: record, silent: str = "name_key"
) -> Callable[[Any, str], None]:
    """Give the record the post; the record whose page shows it counts it as an edit, by its silent column."""

    def give(record: Any, post: str) -> None:
        setattr(record, column, post)
        flag_modified(of(record), silent)

    return give


def _contracts(reader: Reader, today: date) -> Rows:
    return select(
        Contract.id,
        Contract.title,
        literal("/contracts/").concat(cast(Contract.id, String)),
        Contract.directorate_id,
        Contract.division_id,
        Contract.manager_post,
    ).where(rows_open_to(reader, today), Contract.manager_post.is_not(None))


def _agreements(reader: Reader, today: date) -> Rows:
    return (
        select(
            Agreement.id,
            Contract.title,
            literal("/contracts/").concat(cast(Contract.id, String)),
            Contract.directorate_id,
            Contract.division_id,
            Agreement.client_lead_post,
        )
        .join(Agreement.contract)
        .where(rows_open_to(reader, today), Agreement.client_lead_post.is_not(None))
    )


def _services(_reader: Reader, _today: date) -> Rows:
    return select(
        Service.id,
        Service.name,
        literal("/services/").concat(cast(Service.id, String)),
        Service.directorate_id,
        Service.division_id,
        Service.head_post,
    ).where(Service.withdrawn_at.is_(None), Service.head_post.is_not(None))


def _units(_reader: Reader, _today: date) -> Rows:
    return select(
        InHouseUnit.id,
        InHouseUnit.name,
        literal("/in-house-units"),
        InHouseUnit.directorate_id,
        null(),
        InHouseUnit.head_post,
    ).where(InHouseUnit.withdrawn_at.is_(None), InHouseUnit.head_post.is_not(None))


def _companies(_reader: Reader, _today: date) -> Rows:
    return (
        select(
            TradingCompany.id,
            Provider.name,
            literal("/trading-companies/").concat(cast(Provider.id, String)),
            null(),
            null(),
            TradingCompany.shareholder_lead_post,
        )
        .join(TradingCompany.provider)
        .where(Provider.withdrawn_at.is_(None), TradingCompany.shareholder_lead_post.is_not(None))
    )


def _directorates(_reader: Reader, _today: date) -> Rows:
    return select(
        Directorate.id,
        Directorate.name,
        literal("/admin/structure"),
        Directorate.id,
        null(),
        Directorate.director_post,
    ).where(Directorate.director_post.is_not(None))


declare_place(
    PostPlace(
        code="contract",
        role="Manager of the contract",
        one="contract",
        many="contracts",
        needs=EDIT,
        rows=_contracts,
        model=Contract,
        give=sets_post("manager_post", silent="title_key"),
    )
)
declare_place(
    PostPlace(
        code="agreement",
        role="Client lead of the agreement",
        one="agreement",
        many="agreements",
        needs=EDIT,
        rows=_agreements,
        model=Agreement,
        give=sets_post("client_lead_post", of=lambda one: one.contract, silent="title_key"),
    )
)
declare_place(
    PostPlace(
        code="service",
        role="Head of the service",
        one="service",
        many="services",
        needs=EDIT,
        rows=_services,
        model=Service,
        give=sets_post("head_post"),
    )
)
declare_place(
    PostPlace(
        code="unit",
        role="Head of the in-house unit",
        one="in-house unit",
        many="in-house units",
        needs=EDIT,
        rows=_units,
        model=InHouseUnit,
        give=sets_post("head_post"),
    )
)
declare_place(
    PostPlace(
        code="company",
        role="Shareholder lead of the trading company",
        one="trading company",
        many="trading companies",
        needs=Permission.EDIT_PROVIDERS,
        rows=_companies,
        model=TradingCompany,
        give=sets_post("shareholder_lead_post", of=lambda one: one.provider),
    )
)
declare_place(
    PostPlace(
        code="directorate",
        role="Director of the directorate",
        one="directorate",
        many="directorates",
        needs=Permission.EDIT_SETTINGS,
        rows=_directorates,
        model=Directorate,
        give=lambda record, post: setattr(record, "director_post", post),
    )
)
