"""What stands on records' pages about spend, performance and documents. One statement each."""

from flask import render_template
from markupsafe import Markup

from app.core import clock
from app.core.access import Permission, Reader
from app.core.db import db
from app.core.panels import panel_on
from app.register.models import Contract, Document, Provider, Service
from app.register.queries import documents, hanging, indicators
from app.register.queries import spend as spend_queries
from app.register.queries.documents import Subject, filed_under
from app.register.spending import signed
from app.register.views.documents import may_file
from app.register.views.spend import COLOURS


@panel_on("contract", 40)
def spend_of_contract(contract_id: int, reader: Reader) -> Markup:
    """What was paid, what is left, what to beware of."""
    contract = db.session.get_one(Contract, contract_id)
    there = hanging.hangs(contract, hanging.SPEND)
    shown = spend_queries.spend_shown(db.session(), contract, reader, clock.today(), any_rows=there)
    return _shown("register/spend_panel.html", contract=contract, shown=shown, signed=signed, colours=COLOURS)


@panel_on("contract", 30)
def performance_of_contract(contract_id: int, reader: Reader) -> Markup:
    """Each indicator with its latest result."""
    contract = db.session.get_one(Contract, contract_id)
    there = hanging.hangs(contract, hanging.INDICATORS)
    rows = indicators.indicators_of(db.session(), contract, clock.today()) if there else []
    may = reader.may_in(Permission.EDIT_REGISTER, contract.directorate_id, contract.division_id)
    return _shown("register/performance_panel.html", contract=contract, rows=rows, may_edit=may)


@panel_on("contract", 50)
def documents_of_contract(contract_id: int, reader: Reader) -> Markup:
    """Its own, and its service's specification."""
    contract = db.session.get_one(Contract, contract_id)
    there = hanging.hangs(contract, hanging.DOCUMENTS)
    found = documents.documents_on_contract(db.session(), contract, reader) if there else []
    return _documents(contract, found, of_service=contract.lead_service_id)


@panel_on("service")
def documents_of_service(service_id: int, reader: Reader) -> Markup:
    return _documents_of(db.session.get_one(Service, service_id), reader)


@panel_on("provider")
def documents_of_provider(provider_id: int, reader: Reader) -> Markup:
    return _documents_of(db.session.get_one(Provider, provider_id), reader)


@panel_on("trading_company")
def documents_of_trading_company(provider_id: int, reader: Reader) -> Markup:
    return _documents_of(db.session.get_one(Provider, provider_id), reader)


def _documents_of(subject: Subject, reader: Reader) -> Markup:
    standing = [one for one in documents.documents_of(db.session(), subject, reader) if one.withdrawn_at is None]
    return _documents(subject, standing)


def _documents(subject: Subject, found: list[Document], *, of_service: int | None = None) -> Markup:
    return _shown(
        "register/documents_panel.html",
        filed=filed_under(subject),
        documents=found,
        of_service=of_service,
        may_edit=may_file(subject),
        wants_specification=not isinstance(subject, Provider),
    )


def _shown(template: str, **facts: object) -> Markup:
    """A template escapes what it prints."""
    return Markup(render_template(template, **facts))  # noqa: S704 - as above
