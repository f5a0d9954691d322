"""What a row brings to a contract, field by field.

The text of each is what the history of an import keeps, so that the next file shows what a person has edited since.
"""

from collections.abc import Mapping
from datetime import date

from app.core.errors import Refusal
from app.imports import several
from app.imports.brought import (
    Brought,
    Resolved,
    amount_field,
    choice_field,
    day_field,
    record_field,
    said_field,
    text_field,
)
from app.imports.rows import ContractRow
from app.imports.targets import HANDED_ON, Target
from app.register.models import (
    Contract,
    ContractForm,
    ContractStage,
    ProcessKind,
    ProcurementStatus,
    VatTreatment,
)
from app.register.regime import Regime, Reservation, Supply
from app.register.values import ValueCertainty


def check_whole(contract: Contract) -> None:
    """Refuse what the database would: facts that need another beside them."""
    if contract.exempt and not contract.exempt_ground:
        raise Refusal("Give the ground of exemption beside “Yes”, or leave “Value exempt” blank")
    if contract.stage is ContractStage.ENDED_EARLY and contract.ended_early_on is None:
        raise Refusal("Give the date it was ended early, or another stage")


FIELDS: tuple[Brought, ...] = (
    text_field("reference", Target.REFERENCE, 100, lambda row: row.reference or row.notice_id),
    text_field("title", Target.TITLE, 300),
    text_field("description", Target.DESCRIPTION, None),
    Brought(Target.UNIT.value, Target.UNIT, several.unit_of_row, several.unit_of, several.put_unit),
    record_field("lead_service", Target.SERVICE),
    record_field("category", Target.CATEGORY),
    record_field("programme", Target.PROGRAMME),
    choice_field("form", Target.FORM, lambda row: row.form, ContractForm),
    choice_field("process", Target.PROCESS, lambda row: row.process, ProcessKind),
    text_field("cpv_code", Target.CPV_CODE, 20, lambda row: row.cpv_codes[0] if row.cpv_codes else ""),
    text_field("cpv_label", Target.CPV_LABEL, 300),
    day_field("awarded_on", Target.AWARDED_ON),
    day_field("starts_on", Target.STARTS_ON),
    day_field("awarded_end_on", Target.CURRENT_END_ON, "current_end_on"),
    day_field("review_on", Target.REVIEW_ON),
    amount_field("awarded", Target.VALUE, lambda row: row.value, "current", (Target.VALUE_LOW, Target.VALUE_HIGH)),
    amount_field(
        "annual", Target.ANNUAL_VALUE, lambda row: row.annual_value, "annual", (Target.ANNUAL_LOW, Target.ANNUAL_HIGH)
    ),
    choice_field("certainty", Target.VALUE_CERTAINTY, lambda row: row.certainty, ValueCertainty),
    Brought(
        Target.IRRECOVERABLE_VAT.value,
        Target.IRRECOVERABLE_VAT,
        lambda row, _: several.vat_of_row(row),
        several.vat,
        lambda contract, row, _: setattr(contract, "irrecoverable_vat", row.irrecoverable_vat),
    ),
    Brought(
        Target.PROVIDER.value,
        Target.PROVIDER,
        lambda _, named: several.names(named.providers),
        several.providers_of,
        several.put_providers,
    ),
    record_field("parent", Target.PARENT_REFERENCE, key="title"),
    record_field("outcome", Target.OUTCOME),
    record_field("arrangement", Target.ARRANGEMENT, key="title"),
    record_field("replaces", Target.REPLACES, key="title"),
    record_field("approval", Target.APPROVAL, key="reference"),
    Brought(
        Target.OTHER_SERVICES.value,
        Target.OTHER_SERVICES,
        lambda _, resolved: several.service_names(resolved.other_services or ()),
        several.other_services_of,
        several.put_other_services,
    ),
    Brought(
        Target.PROVIDER_SHARES.value,
        Target.PROVIDER_SHARES,
        lambda _, resolved: several.share_words(resolved.shares or {}),
        several.shares_of,
        several.put_shares,
    ),
    said_field(Target.AWARDED_END_ON, date),
    text_field("contact_email", Target.CONTACT_EMAIL, 300),
    text_field("tender_url", Target.TENDER_URL, 1000),
    text_field("document_url", Target.DOCUMENT_URL, 1000),
    Brought(
        Target.ROLLING.value,
        Target.ROLLING,
        lambda row, _: several.rolls(row),
        lambda contract: "yes" if contract.rolling else "",
        several.put_rolling,
    ),
    Brought(
        Target.OPTIONS.value,
        Target.OPTIONS,
        lambda row, _: several.options_of_row(row),
        several.options_of,
        several.put_options,
    ),
    Brought(
        Target.NOTE.value,
        Target.NOTE,
        lambda row, _: several.notes(row),
        lambda contract: contract.note or "",
        several.put_note,
    ),
    said_field(Target.STAGE, ContractStage),
    said_field(Target.NOTICE_MONTHS, int),
    said_field(Target.END_CONDITION, str),
    said_field(Target.ENDED_EARLY_ON, date),
    said_field(Target.SHARE_OF, str),
    said_field(Target.VALUE_NOTE, str),
    said_field(Target.VAT_TREATMENT, VatTreatment),
    said_field(Target.EXEMPT, bool),
    said_field(Target.EXEMPT_GROUND, str),
    said_field(Target.EXEMPT_BY, str),
    said_field(Target.EXEMPT_REVIEW_ON, date),
    said_field(Target.EMBARGOED_UNTIL, date),
    said_field(Target.PROCUREMENT_STATUS, ProcurementStatus),
    said_field(Target.LEAD_TIME_MONTHS, int),
    said_field(Target.EXPECTED_TERM_MONTHS, int),
    said_field(Target.REMIND_MONTHS, int),
    said_field(Target.CONFIRMED_BY, str),
    said_field(Target.ENTERED_ON, date),
    said_field(Target.LOT, str),
    said_field(Target.REGIME, Regime),
    said_field(Target.PROCUREMENT_BEGAN_ON, date),
    said_field(Target.SUPPLY, Supply),
    said_field(Target.CONCESSION, bool),
    said_field(Target.RESERVED_TO, Reservation),
    said_field(Target.RESERVED_AREA, str),
    said_field(Target.CONCERN, str),
    said_field(Target.CONFIRMED_ON, date),
    text_field("manager_post", Target.MANAGER_POST, 200),
)

BY_NAME: Mapping[str, Brought] = {one.name: one for one in FIELDS}
#: What only the register's own export and template say: not looked for in other lists.
OF_THE_REGISTER = frozenset(one.name for one in FIELDS if one.target in HANDED_ON and one.target is not Target.ROLLING)


def brought_by(row: ContractRow, resolved: Resolved, *, keeps_posts: bool) -> dict[str, str]:
    """Everything the row says, as text, by field. A contact's name is no post: it stays in the original cell."""
    fields = FIELDS if row.others else _COMMON
    said = {one.name: text for one in fields if (text := one.of_row(row, resolved))}
    if not keeps_posts:
        said.pop(Target.MANAGER_POST.value, None)
    return said


_COMMON = tuple(one for one in FIELDS if one.name not in OF_THE_REGISTER)
