"""The one catalogue of a contract's fields: import, template, export, labels and history read it."""

from collections.abc import Mapping

from app.register.fields import reading
from app.register.fields.kinds import Beside, Cell, Field, FieldKind, ProviderNamed, plain
from app.register.models import ContractForm, ContractStage, ProcessKind, ProcurementStatus, VatTreatment
from app.register.regime import Regime, Reservation, Supply
from app.register.values import ValueCertainty

__all__ = ["EXPORTED", "FIELDS", "Beside", "Cell", "Field", "FieldKind", "ProviderNamed", "field", "labels", "plain"]

K = FieldKind

FIELDS: tuple[Field, ...] = (
    Field(
        "register_id",
        "Register id",
        help="Leave as it is: it says which contract of the register the row is",
        column="uid",
    ),
    Field("reference", "Reference", help="The council's own reference", column="reference", lga="ContractReference"),
    Field("title", "Title", help="What the agreement is called", column="title", lga="ContractTitle", required=True),
    Field(
        "description", "Description", K.LONG_TEXT, "What is bought, in plain words", "description", lga="Description"
    ),
    Field("form", "Form", K.CHOICE, "The kind of agreement", "form", lga="ContractType", choices=ContractForm),
    Field("stage", "Stage", K.CHOICE, "How far it has come", "stage", choices=ContractStage),
    Field("status", "Status", help="The stage on the day of the export", beside="status", computed=True),
    Field(
        "unit",
        "Directorate",
        help="The directorate that answers for it",
        beside="directorate",
        lga="OrganisationalUnit",
        required=True,
    ),
    Field("division", "Division", help="A division of the directorate", beside="division"),
    Field("service", "Service", help="The service under which its value counts", beside="service"),
    Field(
        "other_services",
        "Other services",
        K.LIST,
        "Services it also serves, by name, with a semicolon between: Home care; Day care (Children)",
        reads=reading.services,
    ),
    Field("outcome", "Outcome", help="The council's outcome it serves", beside="outcome"),
    Field("arrangement", "Arrangement", help="The arrangement it is counted in", beside="arrangement"),
    Field(
        "parent_reference",
        "Parent reference",
        help="A call-off's framework, by reference",
        beside="parent",
    ),
    Field("lot", "Lot", help="The lot it belongs to, as the council names it", column="lot"),
    Field("replaces", "Replaces", help="The contract it follows, by reference", beside="replaces"),
    Field(
        "category",
        "Category",
        help="The council's own heading for what is bought",
        beside="category",
        lga="ProcurementCategory",
    ),
    Field("cpv_code", "CPV code", help="Eight digits, like 85311000", column="cpv_code", lga="CPVCode"),
    Field("cpv_label", "CPV label", help="What the code stands for", column="cpv_label", lga="CPVLabel"),
    Field("programme", "Programme", help="A phase of transformation", beside="programme"),
    Field(
        "provider",
        "Provider",
        K.LIST,
        "Who delivers; several with a semicolon between",
        reads=reading.providers,
        lga="SupplierName",
    ),
    Field(
        "provider_company_number",
        "Provider's company number",
        help="Companies House: eight characters",
        reads=reading.numbers("GB-COH"),
        lga="CompaniesHouseRegistrationNumber",
    ),
    Field(
        "provider_charity_number",
        "Provider's charity number",
        help="Charity Commission",
        reads=reading.numbers("GB-CHC"),
        lga="CharityCommissionNumber",
    ),
    Field(
        "provider_vendor_number",
        "Provider's vendor number",
        help="The council's own number for it",
        reads=reading.numbers("VENDOR"),
        lga="OtherSupplierID",
    ),
    Field(
        "sme",
        "SME",
        K.YES_NO,
        "Fewer than 250 staff; blank when not known",
        reads=reading.of_sole_provider(lambda one: one.sme),
        lga="SMESupplier",
    ),
    Field(
        "vcse",
        "VCSE",
        K.YES_NO,
        "Voluntary, community or social enterprise; blank when not known",
        reads=reading.of_sole_provider(lambda one: one.vcse),
        lga="VCSESupplier",
    ),
    Field("vcse_type", "VCSE type", reads=reading.of_sole_provider(lambda one: one.vcse_type), lga="VCSESupplierType"),
    Field(
        "provider_shares",
        "Provider shares",
        K.LIST,
        "Pounds that go to each provider, and the lot it has: Oak Ltd: £12,000 [Lot 1]; Elm Ltd: £8,000. "
        "Name each as under Provider",
        reads=reading.shares,
        money=True,
    ),
    Field("awarded_on", "Award date", K.DAY, "When it was awarded", "awarded_on"),
    Field("entered_on", "Entered into on", K.DAY, "The day both sides had signed", "entered_on"),
    Field("starts_on", "Start date", K.DAY, "Its first day", "starts_on", lga="StartDate"),
    Field(
        "current_end_on",
        "End date",
        K.DAY,
        "Its last day, extensions taken up included",
        "current_end_on",
        lga="EndDate",
    ),
    Field("awarded_end_on", "End date as awarded", K.DAY, "Its last day as first agreed", "awarded_end_on"),
    Field(
        "latest_end_on",
        "Latest end date",
        K.DAY,
        "The last day if every option is used",
        "latest_end_on",
        lga="LastExtensionDate",
        computed=True,
    ),
    Field(
        "options",
        "Extension options",
        K.LIST,
        "Like 24 months, £500,000, 6 months' notice; 12 months",
        reads=reading.options,
    ),
    Field("length_text", "Length", help="In words", beside="length", computed=True),
    Field("rolling", "Rolling", K.YES_NO, "Runs until either side gives notice", "rolling"),
    Field("notice_months", "Notice in months", K.NUMBER, "Notice that ends a rolling agreement", "notice_months"),
    Field("end_condition", "End condition", help="When it ends, where no date can be given", column="end_condition"),
    Field("ended_early_on", "Ended early on", K.DAY, "Its last day, where it was ended early", "ended_early_on"),
    Field("review_on", "Review date", K.DAY, "When it is to be reviewed", "review_on", lga="ReviewDate"),
    Field(
        "value",
        "Contract value",
        K.POUNDS,
        "Whole life as awarded, without recoverable VAT",
        reads=reading.one_figure("awarded_low", "awarded_high"),
        lga="ContractValue",
        money=True,
    ),
    Field(
        "value_low",
        "Value from",
        K.POUNDS,
        "The low end, where the value is a range",
        reads=reading.range_end("awarded_low", "awarded_high", "awarded_low"),
        money=True,
    ),
    Field(
        "value_high",
        "Value to",
        K.POUNDS,
        "The high end, where the value is a range",
        reads=reading.range_end("awarded_low", "awarded_high", "awarded_high"),
        money=True,
    ),
    Field(
        "annual_value",
        "Annual value",
        K.POUNDS,
        "Pounds a year, without recoverable VAT",
        reads=reading.one_figure("annual_low", "annual_high"),
        money=True,
    ),
    Field(
        "annual_low",
        "Annual value from",
        K.POUNDS,
        "The low end, where it is a range",
        reads=reading.range_end("annual_low", "annual_high", "annual_low"),
        money=True,
    ),
    Field(
        "annual_high",
        "Annual value to",
        K.POUNDS,
        "The high end, where it is a range",
        reads=reading.range_end("annual_low", "annual_high", "annual_high"),
        money=True,
    ),
    Field(
        "current_low",
        "Current value, low end",
        K.POUNDS,
        "With extensions and variations",
        "current_low",
        money=True,
        computed=True,
    ),
    Field(
        "current_high",
        "Current value, high end",
        K.POUNDS,
        "With extensions and variations",
        "current_high",
        money=True,
        computed=True,
    ),
    Field(
        "maximum_low",
        "Maximum value, low end",
        K.POUNDS,
        "With every option as well",
        "maximum_low",
        money=True,
        computed=True,
    ),
    Field(
        "maximum_high",
        "Maximum value, high end",
        K.POUNDS,
        "With every option as well",
        "maximum_high",
        money=True,
        computed=True,
    ),
    Field(
        "value_certainty",
        "Fixed or estimated",
        K.CHOICE,
        "How firm the value is",
        "certainty",
        lga="FixedCost",
        choices=ValueCertainty,
        money=True,
    ),
    Field(
        "share_of",
        "Share of",
        help="The whole of which the value is the council's share",
        column="share_of",
        money=True,
    ),
    Field("value_note", "Value note", help="Anything that explains the value", column="value_note", money=True),
    Field(
        "irrecoverable_vat",
        "Irrecoverable VAT",
        K.POUNDS,
        "VAT the council cannot recover",
        "irrecoverable_vat",
        lga="IrrecoverableVAT",
        money=True,
    ),
    Field("vat_treatment", "VAT treatment", K.CHOICE, "The rate that applies", "vat_treatment", choices=VatTreatment),
    Field("exempt", "Value exempt", K.YES_NO, "Withheld from those not entitled", "exempt"),
    Field("exempt_ground", "Ground of exemption", help="The paragraph relied on", column="exempt_ground"),
    Field("exempt_by", "Exempted by", help="Who decided it", column="exempt_by"),
    Field(
        "exempt_review_on", "Exemption reviewed on", K.DAY, "When the exemption is looked at again", "exempt_review_on"
    ),
    Field("embargoed_until", "Embargoed until", K.DAY, "The row itself is kept back until this day", "embargoed_until"),
    Field("regime", "Legal regime", K.CHOICE, "Which law governs it", "regime", choices=Regime),
    Field(
        "procurement_began_on",
        "Procurement began",
        K.DAY,
        "The day the procurement began, which decides the law and the thresholds",
        "procurement_began_on",
    ),
    Field("supply", "Kind of supply", K.CHOICE, "What is mainly supplied", "supply", choices=Supply),
    Field("concession", "Concession", K.YES_NO, "Those who use the service pay for it", "concession"),
    Field(
        "reserved_to",
        "Reserved to",
        K.CHOICE,
        "Suppliers it was reserved to, for a contract below the threshold",
        "reserved_to",
        choices=Reservation,
    ),
    Field(
        "reserved_area",
        "Reserved area",
        help="The area whose suppliers it was reserved to",
        column="reserved_area",
    ),
    Field("process", "Process", K.CHOICE, "How it was procured", "process", lga="ProcessType", choices=ProcessKind),
    Field(
        "procurement_status",
        "Procurement status",
        K.CHOICE,
        "How far the procurement of what follows has come",
        "procurement_status",
        choices=ProcurementStatus,
    ),
    Field(
        "lead_time_months",
        "Lead time in months",
        K.NUMBER,
        "Months before the end by which a decision is needed, if not the council's own",
        "lead_time_months",
    ),
    Field(
        "expected_term_months",
        "Expected new term in months",
        K.NUMBER,
        "How long a replacement is expected to run",
        "expected_term_months",
    ),
    Field("approval", "Decision reference", help="The decision it was let under", beside="approval"),
    Field("manager_post", "Contract manager", help="A post, not a person", column="manager_post", lga="ContactName"),
    Field(
        "contact_email",
        "Contact email",
        help="A shared mailbox where there is one",
        column="contact_email",
        lga="ContactEmail",
    ),
    Field(
        "remind_months",
        "Remind months ahead",
        K.NUMBER,
        "How many months before a date reminders of it begin, if not the council's own",
        "remind_months",
    ),
    Field("concern", "Concern", help="Why somebody is concerned; blank when nobody is", column="concern"),
    Field("tender_url", "Tender documents", help="A web address", column="tender_url", lga="TenderDocumentURL"),
    Field("document_url", "Contract documents", help="A web address", column="document_url", lga="ContractDocumentURL"),
    Field("confirmed_on", "Confirmed on", K.DAY, "When its manager last confirmed the record", "confirmed_on"),
    Field("confirmed_by", "Confirmed by", help="Who confirmed it", column="confirmed_by"),
    Field("note", "Note", K.LONG_TEXT, "Anything else", "note"),
)

#: What an export writes, in order: every field.
EXPORTED = FIELDS

_BY_NAME = {one.name: one for one in FIELDS}


def field(name: str) -> Field:
    return _BY_NAME[name]


def labels() -> Mapping[str, str]:
    """Name to label."""
    return {one.name: one.label for one in FIELDS}
