"""Withholding a field of a contract: on which ground, what is printed in its place, and what goes with it."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from app.core.dates import day
from app.core.errors import Refusal

#: LGA, Local transparency guidance: publishing spending and procurement information, v1.3: what stands in the cell.
PERSONAL = "REDACTED PERSONAL DATA"
COMMERCIAL = "REDACTED COMMERCIAL CONFIDENTIALITY"


class Ground(StrEnum):
    """Why a field may be withheld."""

    PERSONAL_DATA = "foi40"
    CONFIDENCE = "foi41"
    SECRETS = "foi43_1"
    COMMERCIAL = "foi43_2"
    PROCUREMENT_ACT = "pa94"
    EXEMPT_REPORT = "sch12a_3"
    INTELLECTUAL_PROPERTY = "ipr"
    THIRD_PARTY = "third_party"

    @property
    def words(self) -> str:
        return WORDS[self]

    @property
    def literal(self) -> str:
        """What is printed in the cell."""
        return PERSONAL if self in ABOUT_A_PERSON else COMMERCIAL

    @property
    def weighs_the_public_interest(self) -> bool:
        return self in QUALIFIED


WORDS: Mapping[Ground, str] = {
    Ground.PERSONAL_DATA: "Freedom of Information Act 2000, section 40(2): personal data",
    Ground.CONFIDENCE: "Freedom of Information Act 2000, section 41: provided in confidence",
    Ground.SECRETS: "Freedom of Information Act 2000, section 43(1): trade secret",
    Ground.COMMERCIAL: "Freedom of Information Act 2000, section 43(2): commercial interests",
    Ground.PROCUREMENT_ACT: "Procurement Act 2023, section 94: sensitive commercial information",
    Ground.EXEMPT_REPORT: "Local Government Act 1972, schedule 12A, paragraph 3: financial or business affairs",
    Ground.INTELLECTUAL_PROPERTY: "Intellectual property rights",
    Ground.THIRD_PARTY: "Confidential third party, such as a foster carer or childminder",
}
ABOUT_A_PERSON = frozenset({Ground.PERSONAL_DATA, Ground.THIRD_PARTY})
#: ICO: these give way where the public interest in disclosure is the greater; s.94 asks for an overriding one.
QUALIFIED = frozenset({Ground.SECRETS, Ground.COMMERCIAL, Ground.PROCUREMENT_ACT, Ground.EXEMPT_REPORT})


class Withholdable(StrEnum):
    """The fields of a row that may be withheld, as the LGA's schema names them. A row itself is never withheld."""

    REFERENCE = "ContractReference"
    TITLE = "ContractTitle"
    DESCRIPTION = "Description"
    CATEGORY = "ProcurementCategory"
    CPV = "CPVCode"
    START = "StartDate"
    END = "EndDate"
    REVIEW = "ReviewDate"
    LATEST_END = "LastExtensionDate"
    VALUE = "ContractValue"
    VAT = "IrrecoverableVAT"
    SUPPLIER = "SupplierName"
    SIZE = "SMESupplier"
    CONTACT = "ContactName"
    PROCESS = "ProcessType"
    TENDER_DOCUMENT = "TenderDocumentURL"
    CONTRACT_DOCUMENT = "ContractDocumentURL"

    @property
    def words(self) -> str:
        return FIELD_WORDS[self]


FIELD_WORDS: Mapping[Withholdable, str] = {
    Withholdable.REFERENCE: "reference",
    Withholdable.TITLE: "title",
    Withholdable.DESCRIPTION: "description",
    Withholdable.CATEGORY: "category",
    Withholdable.CPV: "CPV code and label",
    Withholdable.START: "start date",
    Withholdable.END: "end date",
    Withholdable.REVIEW: "review date",
    Withholdable.LATEST_END: "last extension date",
    Withholdable.VALUE: "value, and every amount beside it",
    Withholdable.VAT: "VAT that cannot be recovered",
    Withholdable.SUPPLIER: "supplier’s name and numbers",
    Withholdable.SIZE: "what kind of supplier it is",
    Withholdable.CONTACT: "contact",
    Withholdable.PROCESS: "how it was procured",
    Withholdable.TENDER_DOCUMENT: "link to the tender",
    Withholdable.CONTRACT_DOCUMENT: "link to the contract",
}


def check_review(review_on: date, today: date) -> None:
    """What is sensitive fades after award, so that every redaction is looked at again."""
    if review_on <= today:
        raise Refusal(f"Enter a day after {day(today)} on which it is looked at again", field="review_on")


def check_weighed(ground: Ground, note: str | None) -> None:
    if ground.weighs_the_public_interest and not note:
        raise Refusal(
            "This ground gives way to the public interest: say how the two were weighed", field="public_interest"
        )
