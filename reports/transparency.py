"""The Transparency Code's lists, declared once as ordered columns: the LGA's two layouts, grants, and an answer to a
request for the register. What is withheld of a row is printed as such by every one of them.

LGA and esd, Contracts.json of 2016 (38 columns); LGA, Local transparency guidance: publishing spending and procurement
information, v1.3 of 1 June 2015, whose template has the effective date as its third column and numbers none 28.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from reports.table import Kind

PENNY = Decimal("0.01")
MASKED_NAME = "REDACTED PERSONAL DATA"
MASKED_GROUND = "Freedom of Information Act 2000, section 40(2): personal data"


@dataclass(frozen=True)
class Withheld:
    """What stands in place of a fact: the literal of the Code's files, and the ground as an answer tells it."""

    literal: str
    ground: str


@dataclass(frozen=True, kw_only=True)
class Supplier:
    """Who delivers. A person's name that is masked has been left out before it comes here, and every number with it."""

    name: str = ""
    masked: bool = False
    company: str = ""
    charity: str = ""
    other: str = ""
    sme: bool | None = None
    vcse: bool | None = None
    vcse_type: str = ""


Flags = tuple[bool | None, ...]
Fact = str | Decimal | date | bool | Flags | None


@dataclass(frozen=True, kw_only=True)
class CodeRow:
    """One agreement, as far as any of the lists tells of it. Blank is not known, never no."""

    organisation: str
    organisation_uri: str = ""
    #: The last day of the period the list tells of.
    effective_on: date
    reference: str = ""
    title: str = ""
    contract_type: str = ""
    unit: str = ""
    description: str = ""
    category: str = ""
    cpv_label: str = ""
    cpv_code: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    review_on: date | None = None
    #: The day to which it can be extended, where it can.
    latest_end_on: date | None = None
    #: Net of recoverable VAT, over its length; else a year's.
    value: Decimal | None = None
    fixed: bool | None = None
    irrecoverable_vat: Decimal | None = None
    suppliers: tuple[Supplier, ...] = ()
    contact_name: str = ""
    contact_email: str = ""
    contact_url: str = ""
    #: "Invitation to quote", "Published invitation to tender", "Other".
    process: str = ""
    tender_url: str = ""
    document_url: str = ""
    # Beyond the Code
    division: str = ""
    form: str = ""
    #: "Whole life" or "A year".
    basis: str = ""
    annual: Decimal | None = None
    spend: Decimal | None = None
    awarded_on: date | None = None
    end_condition: str = ""
    length: str = ""
    options: str = ""
    #: By the column's name.
    withheld: Mapping[str, Withheld] = field(default_factory=dict)


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
#: The template's numbering has no 28.
TEMPLATE_NUMBERS = tuple(number for number in range(1, len(TEMPLATE_COLUMNS) + 2) if number != 28)  # noqa: PLR2004

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

GRANT_COLUMNS: tuple[CodeColumn, ...] = (
    CodeColumn(
        name="AwardDate",
        title="Date the grant was awarded",
        value=lambda row: row.awarded_on,
        kind=Kind.DAY,
        required=True,
        width=12,
    ),
    CodeColumn(
        name="StartDate",
        title="Time period: from",
        value=lambda row: row.starts_on,
        kind=Kind.DAY,
        required=True,
        width=12,
    ),
    CodeColumn(
        name="EndDate", title="Time period: to", value=lambda row: row.ends_on, kind=Kind.DAY, required=True, width=12
    ),
    CodeColumn(
        name="OrganisationalUnit",
        title="Department which awarded the grant",
        value=lambda row: row.unit,
        required=True,
        width=30,
    ),
    CodeColumn(name="SupplierName", title="Beneficiary", value=_names, required=True, width=30),
    CodeColumn(
        name="RegistrationNumber",
        title="Beneficiary’s registration number",
        value=_numbers(lambda one: one.charity or one.company or one.other),
        required=True,
        goes_with=OF_THE_SUPPLIER,
    ),
    CodeColumn(
        name="Description",
        title="Summary of the purpose of the grant",
        value=lambda row: row.description,
        required=True,
        width=45,
    ),
    CodeColumn(name="ContractValue", title="Amount", value=lambda row: row.value, kind=Kind.NUMBER, required=True),
    CodeColumn(name="ContractReference", title="Reference", value=lambda row: row.reference),
    CodeColumn(name="ContractTitle", title="Title", value=lambda row: row.title, width=40),
)


def _column(name: str, title: str = "", **more: object) -> CodeColumn:
    found = next(one for one in SCHEMA_COLUMNS if one.name == name)
    return replace(found, title=title or found.title, **more)  # type: ignore[arg-type]  # as in CodeColumn


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
    CodeColumn(name="ValueBasis", title="What the value covers", value=lambda row: row.basis, goes_with=OF_THE_VALUE),
    CodeColumn(
        name="AnnualValue",
        title="Annual value (£)",
        value=lambda row: row.annual,
        kind=Kind.NUMBER,
        goes_with=OF_THE_VALUE,
    ),
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
    CodeColumn(
        name="EndCondition",
        title="When it ends, where no date can be given",
        value=lambda row: row.end_condition,
        goes_with=("EndDate",),
        width=30,
    ),
    _column("LastExtensionDate", "Latest expiry date if every option is used"),
    _column("Description", "Description"),
    _column("OrganisationalUnit", "Directorate"),
    CodeColumn(name="Division", title="Division", value=lambda row: row.division, width=24),
    _column("ContactName", "Owner (post)"),
    _column("ContactEmail", "Shared mailbox"),
    _column("CPVCode", "CPV code"),
    _column("CPVLabel", "CPV label"),
    _column("ProclassCode", "ProClass code"),
    _column("ProcessType", "How it was procured", value=lambda row: row.process),
)


@dataclass(frozen=True, kw_only=True)
class Layout:
    """An ordered list of columns, and how its cells are written."""

    key: str
    words: str
    columns: tuple[CodeColumn, ...]
    #: Headed by the schema's names rather than by the template's headings.
    by_name: bool = False
    #: Days as xsd:dateTime and flags as xsd:boolean; else 31/03/2026 and Yes or No.
    machine: bool = False
    #: A cell withheld tells its ground rather than the LGA's literal.
    tells_grounds: bool = False

    @property
    def headings(self) -> list[str]:
        return [column.name if self.by_name else column.title for column in self.columns]

    def without(self, names: Collection[str]) -> "Layout":
        """What the Code asks for stays."""
        return replace(self, columns=tuple(one for one in self.columns if one.required or one.name not in names))

    def with_extras(self, names: Collection[str]) -> "Layout":
        return replace(self, columns=(*self.columns, *(one for one in EXTRAS if one.name in names)))


SCHEMA = Layout(key="schema", words="LGA schema, 38 columns", columns=SCHEMA_COLUMNS, by_name=True, machine=True)
TEMPLATE = Layout(key="template", words="LGA template, 40-column numbering", columns=TEMPLATE_COLUMNS)
GRANTS = Layout(key="grants", words="Grants", columns=GRANT_COLUMNS)
DISCLOSURE = Layout(key="answer", words="Answer", columns=DISCLOSURE_COLUMNS, tells_grounds=True)
LAYOUTS = {layout.key: layout for layout in (SCHEMA, TEMPLATE, GRANTS)}
#: The columns of the schema a council may drop, and those it may add.
OPTIONAL_NAMES = tuple(column.name for column in SCHEMA_COLUMNS if not column.required)
EXTRA_NAMES = tuple(column.name for column in EXTRAS)


def fact(row: CodeRow, column: CodeColumn, layout: Layout) -> Fact:
    """What the cell holds, or what stands there because it is withheld. The one door to a row's facts."""
    own, others = row.withheld.get(column.name), [row.withheld.get(name) for name in column.goes_with]
    withheld = own or next((one for one in others if one), None)
    if withheld is not None:
        if layout.tells_grounds:
            return f"Withheld: {withheld.ground}"
        return withheld.literal if own or column.required else None
    value = column.value if layout.by_name or column.templated is None else column.templated
    return value(row)


def withheld_in(row: CodeRow, layout: Layout) -> list[CodeColumn]:
    """The columns of which something is withheld."""
    names = row.withheld.keys()
    return [one for one in layout.columns if one.name in names or not names.isdisjoint(one.goes_with)]


def flag_in_words(flags: Flags, yes: str, no: str) -> str:
    """One word where all are alike; each supplier's in turn where they differ; blank where any is not known."""
    if not flags or None in flags:
        return ""
    return (
        "; ".join(dict.fromkeys(yes if one else no for one in flags))
        if len(set(flags)) == 1
        else "; ".join(yes if one else no for one in flags)
    )


def in_words(value: Fact, layout: Layout) -> str:
    """As text, with neither a pound sign nor commas in an amount."""
    match value:
        case None:
            return ""
        case bool():
            return flag_in_words((value,), *(("true", "false") if layout.machine else ("Yes", "No")))
        case tuple():
            return _flags(value, layout)
        case Decimal():
            return f"{value.quantize(PENNY):f}"
        case date():
            return f"{value:%Y-%m-%d}T00:00:00" if layout.machine else f"{value:%d/%m/%Y}"
    return value


def _flags(flags: Flags, layout: Layout) -> str:
    """The schema's boolean has no word for suppliers that differ."""
    if not layout.machine:
        return flag_in_words(flags, "Yes", "No")
    return flag_in_words(flags, "true", "false") if len(set(flags)) == 1 else ""


def cells(rows: Sequence[CodeRow], layout: Layout) -> list[list[str]]:
    """All cells as text, in the order of the rows."""
    return [[in_words(fact(row, column, layout), layout) for column in layout.columns] for row in rows]
