"""What a column of a council's list can mean. Words only: which headings mean it is in ``heading_words``."""

from collections.abc import Mapping
from enum import StrEnum

from app.core.text import fold


class Target(StrEnum):
    """One thing a register row can say about a contract."""

    REGISTER_ID = "register_id"
    REFERENCE = "reference"
    NOTICE_ID = "notice_id"
    PARENT_REFERENCE = "parent_reference"
    OCID = "ocid"
    TITLE = "title"
    DESCRIPTION = "description"
    FORM = "form"
    UNIT = "unit"
    DIVISION = "division"
    SERVICE = "service"
    CATEGORY = "category"
    SERVICE_CATEGORY_LABEL = "service_category_label"
    SERVICE_CATEGORY_URI = "service_category_uri"
    CPV_CODE = "cpv_code"
    CPV_LABEL = "cpv_label"
    PROCLASS_LABEL = "proclass_label"
    PROCLASS_CODE = "proclass_code"
    PROGRAMME = "programme"
    STARTS_ON = "starts_on"
    CURRENT_END_ON = "current_end_on"
    REVIEW_ON = "review_on"
    LATEST_END_ON = "latest_end_on"
    OPTIONS = "options"
    LENGTH_TEXT = "length_text"
    AWARDED_ON = "awarded_on"
    EFFECTIVE_ON = "effective_on"
    VALUE = "value"
    ANNUAL_VALUE = "annual_value"
    VALUE_LOW = "value_low"
    VALUE_HIGH = "value_high"
    EXTENDED_VALUE = "extended_value"
    VALUE_CERTAINTY = "value_certainty"
    IRRECOVERABLE_VAT = "irrecoverable_vat"
    PROVIDER = "provider"
    PROVIDER_COMPANY_NUMBER = "provider_company_number"
    PROVIDER_CHARITY_NUMBER = "provider_charity_number"
    PROVIDER_VENDOR_NUMBER = "provider_vendor_number"
    PROVIDER_ADDRESS = "provider_address"
    SME = "sme"
    VCSE = "vcse"
    VCSE_TYPE = "vcse_type"
    MANAGER_POST = "manager_post"
    CONTACT_EMAIL = "contact_email"
    CONTACT_URL = "contact_url"
    PROCESS = "process"
    STATUS = "status"
    TENDER_URL = "tender_url"
    DOCUMENT_URL = "document_url"
    PERFORMANCE_URL = "performance_url"
    AREA_LABEL = "area_label"
    AREA_URI = "area_uri"
    ORGANISATION = "organisation"
    ORGANISATION_URI = "organisation_uri"
    # Fields of the register that only its own export and template have.
    STAGE = "stage"
    OTHER_SERVICES = "other_services"
    OUTCOME = "outcome"
    ARRANGEMENT = "arrangement"
    REPLACES = "replaces"
    PROVIDER_SHARES = "provider_shares"
    AWARDED_END_ON = "awarded_end_on"
    ENDED_EARLY_ON = "ended_early_on"
    ROLLING = "rolling"
    NOTICE_MONTHS = "notice_months"
    END_CONDITION = "end_condition"
    ANNUAL_LOW = "annual_low"
    ANNUAL_HIGH = "annual_high"
    SHARE_OF = "share_of"
    VALUE_NOTE = "value_note"
    VAT_TREATMENT = "vat_treatment"
    EXEMPT = "exempt"
    EXEMPT_GROUND = "exempt_ground"
    EXEMPT_BY = "exempt_by"
    EXEMPT_REVIEW_ON = "exempt_review_on"
    EMBARGOED_UNTIL = "embargoed_until"
    LOT = "lot"
    REGIME = "regime"
    PROCUREMENT_BEGAN_ON = "procurement_began_on"
    SUPPLY = "supply"
    CONCESSION = "concession"
    RESERVED_TO = "reserved_to"
    RESERVED_AREA = "reserved_area"
    PROCUREMENT_STATUS = "procurement_status"
    LEAD_TIME_MONTHS = "lead_time_months"
    EXPECTED_TERM_MONTHS = "expected_term_months"
    REMIND_MONTHS = "remind_months"
    APPROVAL = "approval"
    CONCERN = "concern"
    CONFIRMED_ON = "confirmed_on"
    CONFIRMED_BY = "confirmed_by"
    ENTERED_ON = "entered_on"
    NOTE = "note"
    IGNORE = "ignore"


class Kind(StrEnum):
    """How the cells of a column are read."""

    TEXT = "text"
    START = "start"
    END = "end"
    DAY = "day"
    POUNDS = "pounds"
    CERTAINTY = "certainty"
    YES_NO = "yes_no"
    COMPANY_NUMBER = "company_number"
    CHARITY_NUMBER = "charity_number"
    VENDOR_NUMBER = "vendor_number"
    PROVIDERS = "providers"
    CPV = "cpv"
    LENGTH = "length"
    OPTIONS = "options"
    FORM = "form"
    PROCESS = "process"
    NUMBER = "number"


KINDS: Mapping[Target, Kind] = {
    Target.STARTS_ON: Kind.START,
    Target.CURRENT_END_ON: Kind.END,
    Target.LATEST_END_ON: Kind.END,
    Target.REVIEW_ON: Kind.DAY,
    Target.AWARDED_ON: Kind.DAY,
    Target.EFFECTIVE_ON: Kind.DAY,
    Target.VALUE: Kind.POUNDS,
    Target.ANNUAL_VALUE: Kind.POUNDS,
    Target.VALUE_LOW: Kind.POUNDS,
    Target.VALUE_HIGH: Kind.POUNDS,
    Target.EXTENDED_VALUE: Kind.POUNDS,
    Target.IRRECOVERABLE_VAT: Kind.POUNDS,
    Target.VALUE_CERTAINTY: Kind.CERTAINTY,
    Target.SME: Kind.YES_NO,
    Target.VCSE: Kind.YES_NO,
    Target.PROVIDER: Kind.PROVIDERS,
    Target.PROVIDER_COMPANY_NUMBER: Kind.COMPANY_NUMBER,
    Target.PROVIDER_CHARITY_NUMBER: Kind.CHARITY_NUMBER,
    Target.CPV_CODE: Kind.CPV,
    Target.OPTIONS: Kind.OPTIONS,
    Target.LENGTH_TEXT: Kind.LENGTH,
    Target.FORM: Kind.FORM,
    Target.PROCESS: Kind.PROCESS,
    Target.AWARDED_END_ON: Kind.END,
    Target.ENDED_EARLY_ON: Kind.DAY,
    Target.EXEMPT_REVIEW_ON: Kind.DAY,
    Target.EMBARGOED_UNTIL: Kind.DAY,
    Target.CONFIRMED_ON: Kind.DAY,
    Target.ROLLING: Kind.YES_NO,
    Target.EXEMPT: Kind.YES_NO,
    Target.CONCESSION: Kind.YES_NO,
    Target.ENTERED_ON: Kind.DAY,
    Target.PROCUREMENT_BEGAN_ON: Kind.DAY,
    Target.NOTICE_MONTHS: Kind.NUMBER,
    Target.LEAD_TIME_MONTHS: Kind.NUMBER,
    Target.EXPECTED_TERM_MONTHS: Kind.NUMBER,
    Target.REMIND_MONTHS: Kind.NUMBER,
    Target.ANNUAL_LOW: Kind.POUNDS,
    Target.ANNUAL_HIGH: Kind.POUNDS,
    Target.PROVIDER_VENDOR_NUMBER: Kind.VENDOR_NUMBER,
}

#: Several columns of one file may say these; of every other target the best column speaks alone.
SAID_BY_SEVERAL_COLUMNS = frozenset({Target.OPTIONS, Target.NOTE, Target.IGNORE})

#: What the register works out for itself: left out of a file that carries its own ids, which is its own export.
COMPUTED = frozenset({Target.STATUS, Target.LENGTH_TEXT, Target.LATEST_END_ON})

#: Fields handed on as they were read, beside the named ones of a row.
HANDED_ON = frozenset(
    {
        *(Target.STAGE, Target.OTHER_SERVICES, Target.OUTCOME, Target.ARRANGEMENT, Target.REPLACES),
        *(Target.PROVIDER_SHARES, Target.AWARDED_END_ON, Target.ENDED_EARLY_ON, Target.ROLLING, Target.NOTICE_MONTHS),
        *(Target.END_CONDITION, Target.SHARE_OF, Target.VALUE_NOTE, Target.VAT_TREATMENT, Target.EXEMPT),
        *(Target.EXEMPT_GROUND, Target.EXEMPT_BY, Target.EXEMPT_REVIEW_ON, Target.EMBARGOED_UNTIL),
        *(Target.PROCUREMENT_STATUS, Target.LEAD_TIME_MONTHS, Target.EXPECTED_TERM_MONTHS, Target.REMIND_MONTHS),
        Target.APPROVAL,
        *(
            Target.CONCERN,
            Target.CONFIRMED_BY,
            Target.ENTERED_ON,
            Target.CONFIRMED_ON,
            Target.LOT,
            Target.REGIME,
            Target.PROCUREMENT_BEGAN_ON,
        ),
        *(Target.SUPPLY, Target.CONCESSION, Target.RESERVED_TO, Target.RESERVED_AREA),
    }
)

LABELS: Mapping[Target, str] = {
    Target.REGISTER_ID: "Register id",
    Target.REFERENCE: "Reference",
    Target.NOTICE_ID: "Notice identifier",
    Target.PARENT_REFERENCE: "Parent reference",
    Target.OCID: "Open Contracting ID",
    Target.TITLE: "Title",
    Target.DESCRIPTION: "Description",
    Target.FORM: "Form",
    Target.UNIT: "Directorate",
    Target.DIVISION: "Division",
    Target.SERVICE: "Service",
    Target.CATEGORY: "Category",
    Target.SERVICE_CATEGORY_LABEL: "Service category label",
    Target.SERVICE_CATEGORY_URI: "Service category URI",
    Target.CPV_CODE: "CPV code",
    Target.CPV_LABEL: "CPV label",
    Target.PROCLASS_LABEL: "ProClass label",
    Target.PROCLASS_CODE: "ProClass code",
    Target.PROGRAMME: "Programme",
    Target.STARTS_ON: "Start date",
    Target.CURRENT_END_ON: "End date",
    Target.REVIEW_ON: "Review date",
    Target.LATEST_END_ON: "Latest end date",
    Target.OPTIONS: "Extension options",
    Target.LENGTH_TEXT: "Length",
    Target.AWARDED_ON: "Award date",
    Target.EFFECTIVE_ON: "Effective date",
    Target.VALUE: "Contract value",
    Target.ANNUAL_VALUE: "Annual value",
    Target.VALUE_LOW: "Value from",
    Target.VALUE_HIGH: "Value to",
    Target.EXTENDED_VALUE: "Value with extensions",
    Target.VALUE_CERTAINTY: "Fixed or estimated",
    Target.IRRECOVERABLE_VAT: "Irrecoverable VAT",
    Target.PROVIDER: "Provider",
    Target.PROVIDER_COMPANY_NUMBER: "Provider's company number",
    Target.PROVIDER_CHARITY_NUMBER: "Provider's charity number",
    Target.PROVIDER_VENDOR_NUMBER: "Provider's vendor number",
    Target.PROVIDER_ADDRESS: "Provider's address",
    Target.SME: "SME",
    Target.VCSE: "VCSE",
    Target.VCSE_TYPE: "VCSE type",
    Target.MANAGER_POST: "Contract manager",
    Target.CONTACT_EMAIL: "Contact email",
    Target.CONTACT_URL: "Contact web page",
    Target.PROCESS: "Process",
    Target.STATUS: "Status",
    Target.TENDER_URL: "Tender documents",
    Target.DOCUMENT_URL: "Contract documents",
    Target.PERFORMANCE_URL: "Performance information",
    Target.AREA_LABEL: "Area served",
    Target.AREA_URI: "Area served URI",
    Target.ORGANISATION: "Organisation",
    Target.ORGANISATION_URI: "Organisation code",
    Target.STAGE: "Stage",
    Target.OTHER_SERVICES: "Other services",
    Target.OUTCOME: "Outcome",
    Target.ARRANGEMENT: "Arrangement",
    Target.REPLACES: "Replaces",
    Target.PROVIDER_SHARES: "Provider shares",
    Target.AWARDED_END_ON: "End date as awarded",
    Target.ENDED_EARLY_ON: "Ended early on",
    Target.ROLLING: "Rolling",
    Target.NOTICE_MONTHS: "Notice in months",
    Target.END_CONDITION: "End condition",
    Target.ANNUAL_LOW: "Annual value from",
    Target.ANNUAL_HIGH: "Annual value to",
    Target.SHARE_OF: "Share of",
    Target.VALUE_NOTE: "Value note",
    Target.VAT_TREATMENT: "VAT treatment",
    Target.EXEMPT: "Value exempt",
    Target.EXEMPT_GROUND: "Ground of exemption",
    Target.EXEMPT_BY: "Exempted by",
    Target.EXEMPT_REVIEW_ON: "Exemption reviewed on",
    Target.EMBARGOED_UNTIL: "Embargoed until",
    Target.LOT: "Lot",
    Target.REGIME: "Legal regime",
    Target.PROCUREMENT_BEGAN_ON: "Procurement began",
    Target.SUPPLY: "Kind of supply",
    Target.CONCESSION: "Concession",
    Target.RESERVED_TO: "Reserved to",
    Target.RESERVED_AREA: "Reserved area",
    Target.PROCUREMENT_STATUS: "Procurement status",
    Target.LEAD_TIME_MONTHS: "Lead time in months",
    Target.EXPECTED_TERM_MONTHS: "Expected new term in months",
    Target.REMIND_MONTHS: "Remind months ahead",
    Target.APPROVAL: "Decision reference",
    Target.CONCERN: "Concern",
    Target.CONFIRMED_ON: "Confirmed on",
    Target.CONFIRMED_BY: "Confirmed by",
    Target.ENTERED_ON: "Entered into on",
    Target.NOTE: "Note",
    Target.IGNORE: "Leave out",
}


def kind_of(target: Target) -> Kind:
    return KINDS.get(target, Kind.TEXT)


def target_named(word: str) -> Target | None:
    """The target a person named in an answers file, by its code or by its label."""
    folded = fold(word)
    return next((target for target in Target if folded in {target.value, fold(LABELS[target])}), None)
