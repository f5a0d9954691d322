"""The columns of the Transparency Code's lists, in their order: the LGA's schema and template, grants, and an answer to
a request for the register.

LGA and esd, Contracts.json of 2016 (38 columns); LGA, Local transparency guidance: publishing spending and procurement
information, v1.3 of 1 June 2015, whose template has the effective date as its third column and numbers none 28.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from reports.table import Kind
from reports.transparency_row import MASKED_GROUND, MASKED_NAME, CodeRow, Fact, Supplier


@dataclass(frozen=True, kw_only=True)
class CodeColumn:
    """A column by the name it has in the schema and the heading it has in the template."""

    name: str
    title: str
    value: Callable[[CodeRow], Fact]
    kind: Kind = Kind.TEXT
    #: The Code asks for it, so that a council cannot drop it.
    required: bool = False
    #: Withheld together with these columns.
    goes_with: tuple[str, ...] = ()
    #: What the template says where the schema has fewer words for it.
    templated: Callable[[CodeRow], Fact] | None = None
    width: int = 16


def _names(row: CodeRow) -> str:
    return "; ".join(MASKED_NAME if one.masked else one.name for one in row.suppliers)


def _names_with_grounds(row: CodeRow) -> str:
    return "; ".join(f"Withheld: {MASKED_GROUND}" if one.masked else one.name for one in row.suppliers)


def _numbers(of: Callable[[Supplier], str]) -> Callable[[CodeRow], str]:
    return lambda row: "; ".join(number for one in row.suppliers if (number := of(one)))


#: The words each layout has for a voluntary or community body; what is recorded in other words is "Other" or blank.
SCHEMA_VCSE = ("Voluntary sector", "Community sector")
TEMPLATE_VCSE = (
    "Companies House",
    "Charity or Charitable Incorporated Organisation",
    "Community Interest Company",
    "Industrial and Provident Society",
    "Housing Association",
    "Other",
    "Not known",
)
SCHEMA_PROCESSES = ("Invitation to quote", "Published invitation to tender")


def _vcse_type(known: tuple[str, ...], other: str, unknown: str) -> Callable[[CodeRow], str]:
    def say(row: CodeRow) -> str:
        bodies = [one for one in row.suppliers if one.vcse]
        by_key = {word.casefold(): word for word in known}
        said = [by_key.get(one.vcse_type.casefold(), other) if one.vcse_type else unknown for one in bodies]
        return "; ".join(dict.fromkeys(word for word in said if word))

    return say


OF_THE_VALUE, OF_THE_SUPPLIER = ("ContractValue",), ("SupplierName",)

SCHEMA_COLUMNS: tuple[CodeColumn, ...] = (
    CodeColumn(name="OrganisationLabel", title="Organisation name", value=lambda row: row.organisation, width=24),
    CodeColumn(name="OrganisationURI", title="Organisation code", value=lambda row: row.organisation_uri, width=24),
    CodeColumn(
        name="ContractReference",
        title="Contract reference number / ID",
        value=lambda row: row.reference,
        required=True,
    ),
    CodeColumn(name="OpenContractingID", title="Open Contracting ID", value=lambda _row: None),
    CodeColumn(
        name="ContractTitle", title="Title of the agreement", value=lambda row: row.title, required=True, width=40
    ),
    CodeColumn(name="ContractType", title="Contract type", value=lambda row: row.contract_type, width=24),
    CodeColumn(
        name="OrganisationalUnit",
        title="Directorate / service responsible",
        value=lambda row: row.unit,
        required=True,
        width=30,
    ),
    CodeColumn(name="ServiceCategoryLabel", title="Service category label", value=lambda _row: None),
    CodeColumn(name="ServiceCategoryURI", title="Service category URI", value=lambda _row: None),
    CodeColumn(
        name="Description",
        title="Description of goods and services",
        value=lambda row: row.description,
        required=True,
        width=45,
    ),
    CodeColumn(
        name="ProcurementCategory",
        title="Procurement classification: council's procurement category label",
        value=lambda row: row.category,
        width=24,
    ),
    CodeColumn(
        name="CPVLabel",
        title="Procurement classification: CPV label",
        value=lambda row: row.cpv_label,
        goes_with=("CPVCode",),
        width=24,
    ),
    CodeColumn(name="CPVCode", title="Procurement classification: CPV code", value=lambda row: row.cpv_code),
    CodeColumn(name="ProclassLabel", title="Procurement classification: Proclass label", value=lambda _row: None),
    CodeColumn(name="ProclassCode", title="Procurement classification: Proclass code", value=lambda _row: None),
    CodeColumn(
        name="StartDate",
        title="Contract start date",
        value=lambda row: row.starts_on,
        kind=Kind.DAY,
        required=True,
        width=12,
    ),
    CodeColumn(name="EndDate", title="End date", value=lambda row: row.ends_on, kind=Kind.DAY, required=True, width=12),
    CodeColumn(
        name="ReviewDate", title="Review date", value=lambda row: row.review_on, kind=Kind.DAY, required=True, width=12
    ),
    CodeColumn(
        name="LastExtensionDate",
        title="Last extension date",
        value=lambda row: row.latest_end_on,
        kind=Kind.DAY,
        width=12,
    ),
    CodeColumn(
        name="ContractValue", title="Contract value", value=lambda row: row.value, kind=Kind.NUMBER, required=True
    ),
    CodeColumn(
        name="FixedCost",
        title="Fixed cost / estimated cost",
        value=lambda row: row.fixed,
        goes_with=OF_THE_VALUE,
        templated=lambda row: None if row.fixed is None else "Fixed" if row.fixed else "Estimated",
    ),
    CodeColumn(
        name="IrrecoverableVAT",
        title="Irrecoverable VAT",
        value=lambda row: row.irrecoverable_vat,
        kind=Kind.NUMBER,
        required=True,
        goes_with=OF_THE_VALUE,
    ),
    CodeColumn(name="SupplierName", title="Supplier name", value=_names, required=True, width=30),
    CodeColumn(
        name="CompaniesHouseRegistrationNumber",
        title="Supplier registered company number",
        value=_numbers(lambda one: one.company),
        goes_with=OF_THE_SUPPLIER,
    ),
    CodeColumn(
        name="CharityCommissionNumber",
        title="Supplier registered charity number",
        value=_numbers(lambda one: one.charity),
        required=True,
        goes_with=OF_THE_SUPPLIER,
    ),
    CodeColumn(
        name="OtherSupplierID",
        title="Other supplier ID",
        value=_numbers(lambda one: one.other),
        goes_with=OF_THE_SUPPLIER,
    ),
    CodeColumn(
        name="SMESupplier",
        title="SME supplier",
        value=lambda row: tuple(one.sme for one in row.suppliers),
        required=True,
        width=10,
    ),
    CodeColumn(
        name="VCSESupplier",
        title="VCSE supplier",
        value=lambda row: tuple(one.vcse for one in row.suppliers),
        required=True,
        goes_with=("SMESupplier",),
        width=10,
    ),
    CodeColumn(
        name="VCSESupplierType",
        title="VCSE supplier type",
        value=_vcse_type(SCHEMA_VCSE, "", ""),
        goes_with=("SMESupplier",),
        templated=_vcse_type(TEMPLATE_VCSE, "Other", "Not known"),
        width=24,
    ),
    CodeColumn(name="ContactName", title="Nominated contact point: name", value=lambda row: row.contact_name, width=24),
    CodeColumn(
        name="ContactEmail",
        title="Nominated contact point: email",
        value=lambda row: row.contact_email,
        goes_with=("ContactName",),
        width=24,
    ),
    CodeColumn(
        name="ContactURL",
        title="Nominated contact point: URL",
        value=lambda row: row.contact_url,
        goes_with=("ContactName",),
    ),
    CodeColumn(
        name="ProcessType",
        title="Tender process type",
        value=lambda row: row.process if row.process in SCHEMA_PROCESSES else None,
        templated=lambda row: row.process,
        required=True,
        width=24,
    ),
    CodeColumn(name="TenderDocumentURL", title="Tender document URL", value=lambda row: row.tender_url),
    CodeColumn(name="ContractDocumentURL", title="Contract document URL", value=lambda row: row.document_url),
    CodeColumn(name="PerformanceInformationURL", title="Performance information URL", value=lambda _row: None),
    CodeColumn(name="AreaServedLabel", title="Location served label", value=lambda _row: None),
    CodeColumn(name="AreaServedURI", title="Location served URI", value=lambda _row: None),
)
EFFECTIVE = CodeColumn(
    name="EffectiveDate", title="Effective date", value=lambda row: row.effective_on, kind=Kind.DAY, width=12
)
TEMPLATE_COLUMNS = (*SCHEMA_COLUMNS[:2], EFFECTIVE, *SCHEMA_COLUMNS[2:])

#: What a council may add, after all the columns above.
EXTRAS: tuple[CodeColumn, ...] = (
    CodeColumn(name="ValueBasis", title="What the value covers", value=lambda row: row.basis, goes_with=OF_THE_VALUE),
    CodeColumn(
        name="AnnualValue",
        title="Annual value",
        value=lambda row: row.annual,
        kind=Kind.NUMBER,
        goes_with=OF_THE_VALUE,
    ),
    CodeColumn(
        name="EndCondition",
        title="When it ends, where no date can be given",
        value=lambda row: row.end_condition,
        goes_with=("EndDate",),
        width=30,
    ),
    CodeColumn(name="AwardDate", title="Date of award", value=lambda row: row.awarded_on, kind=Kind.DAY, width=12),
    CodeColumn(name="Division", title="Division", value=lambda row: row.division, width=24),
)


def _column(name: str, title: str = "", **more: object) -> CodeColumn:
    found = next(one for one in (*SCHEMA_COLUMNS, *EXTRAS) if one.name == name)
    return replace(found, title=title or found.title, **more)  # type: ignore[arg-type]  # as in CodeColumn


GRANT_COLUMNS: tuple[CodeColumn, ...] = (
    _column("AwardDate", "Date the grant was awarded", required=True),
    _column("StartDate", "Time period: from"),
    _column("EndDate", "Time period: to"),
    _column("OrganisationalUnit", "Department which awarded the grant"),
    _column("SupplierName", "Beneficiary"),
    CodeColumn(
        name="RegistrationNumber",
        title="Beneficiary’s registration number",
        value=_numbers(lambda one: one.charity or one.company or one.other),
        required=True,
        goes_with=OF_THE_SUPPLIER,
    ),
    _column("Description", "Summary of the purpose of the grant"),
    _column("ContractValue", "Amount"),
    _column("ContractReference", "Reference", required=False),
    _column("ContractTitle", "Title", required=False),
)

#: What requests for a register ask for.
DISCLOSURE_COLUMNS: tuple[CodeColumn, ...] = (
    _column("ContractReference", "Reference"),
    _column("ContractTitle", "Title"),
    _column("ProcurementCategory", "Category"),
    CodeColumn(name="Form", title="Kind of agreement", value=lambda row: row.form, width=20),
    _column("SupplierName", "Supplier", value=_names_with_grounds),
    _column("CompaniesHouseRegistrationNumber", "Supplier’s company number"),
    _column("CharityCommissionNumber", "Supplier’s charity number"),
    _column("ContractValue", "Value (£, without recoverable VAT)"),
    _column("ValueBasis"),
    _column("AnnualValue", "Annual value (£)"),
    CodeColumn(
        name="Spend",
        title="Spend recorded so far (£)",
        value=lambda row: row.spend,
        kind=Kind.NUMBER,
        goes_with=OF_THE_VALUE,
    ),
    CodeColumn(
        name="Length",
        title="Duration",
        value=lambda row: row.length,
        goes_with=("StartDate", "EndDate", "LastExtensionDate"),
        width=24,
    ),
    CodeColumn(
        name="Options",
        title="Extension options left",
        value=lambda row: row.options,
        goes_with=("LastExtensionDate",),
        width=24,
    ),
    _column("StartDate", "Start date"),
    _column("EndDate", "Expiry date"),
    _column("EndCondition"),
    _column("LastExtensionDate", "Latest expiry date if every option is used"),
    _column("Description", "Description"),
    _column("OrganisationalUnit", "Directorate"),
    _column("Division"),
    _column("ContactName", "Owner (post)"),
    _column("ContactEmail", "Shared mailbox"),
    _column("CPVCode", "CPV code"),
    _column("CPVLabel", "CPV label"),
    _column("ProclassCode", "ProClass code"),
    _column("ProcessType", "How it was procured", value=lambda row: row.process),
)
