"""The sections of a contract's record, a form each."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar

from typing_extensions import override
from wtforms.validators import StopValidation

from app.core.forms import (
    DayField,
    EmailField,
    LongTextField,
    PoundsField,
    RadiosField,
    SelectField,
    TextField,
    TickField,
    WholeNumberField,
    choices_of,
    needed,
    only_if,
    required_if,
)
from app.core.listing import whole_number
from app.register.commands.contracts import OptionWanted
from app.register.forms.contracts.law import LawForm
from app.register.forms.contracts.parts import (
    ContractChoices,
    OptionRow,
    ProviderRow,
    Rows,
    SectionForm,
    ServiceRow,
    cpv_code,
    is_blank,
    web_address,
)
from app.register.models import (
    Contract,
    ContractForm,
    ContractStage,
    ProcessKind,
    ProcurementStatus,
    VatTreatment,
)
from app.register.queries.named import said
from app.register.units import UnitChosen
from app.register.values import ValueCertainty

FORM_HINTS = {
    ContractForm.FRAMEWORK: "Sets terms; work is given out by call-offs under it",
    ContractForm.CALL_OFF: "Work given out under a framework",
    ContractForm.SLA: "With a company or body that is a separate person",
    ContractForm.INTERNAL_SLA: "Between parts of the council: not legally a contract",
    ContractForm.MEMORANDUM: "Says what both mean to do: not legally a contract",
}
CERTAINTY_HINTS = {
    ValueCertainty.MAXIMUM: "It will not be more than this",
    ValueCertainty.NOMINAL: "No volume is guaranteed",
}


class Section(StrEnum):
    """The parts of a contract's record, as its addresses name them."""

    WHAT = "what"
    WHERE = "where"
    WHO = "who"
    TERM = "term"
    VALUE = "value"
    PROCUREMENT = "procurement"
    LAW = "law"


TITLES: Mapping[Section, str] = {
    Section.WHAT: "What it is",
    Section.WHERE: "Where it belongs",
    Section.WHO: "Who delivers it, and who manages it",
    Section.TERM: "How long it runs",
    Section.VALUE: "What it is worth",
    Section.PROCUREMENT: "How it was procured, and what follows",
    Section.LAW: "Which law governs it",
}


class WhatForm(SectionForm):
    columns: ClassVar[tuple[str, ...]] = (
        *("title", "reference", "form", "description", "cpv_code", "cpv_label", "programme_id", "note"),
    )

    title = TextField("What is it called?", [needed("Enter the contract's title")])
    reference = TextField(
        "What is its reference?", hint="The council's own. Leave blank if it has none", max_length=100
    )
    form = SelectField[ContractForm](
        "What form does it have?", [needed("Choose a form")], choices=choices_of(ContractForm, hints=FORM_HINTS)
    )
    description = LongTextField(
        "What is it for?", hint="In plain words, for people who do not know it", max_length=4000
    )
    category = TextField("What is bought?", hint="The council's own heading, such as Home care")
    cpv_code = TextField("What is its CPV code?", [cpv_code], hint="Eight digits, like 85311000", width=10)
    cpv_label = TextField("What does the code stand for?")
    programme_id = SelectField[int]("Is it part of a programme?", blank="None")
    note = LongTextField("Is there anything else to know?", max_length=4000)

    @override
    def offer(self, choices: ContractChoices) -> None:
        super().offer(choices)
        self.programme_id.choices = choices.programmes

    @override
    @classmethod
    def saved_answers(cls, contract: Contract) -> dict[str, Any]:
        category = contract.category.name if contract.category else None
        return {**super().saved_answers(contract), "category": category}


class WhereForm(SectionForm):
    columns: ClassVar[tuple[str, ...]] = ("lead_service_id", "outcome_id", "arrangement_id", "lot")

    unit = SelectField[UnitChosen](
        "Which part of the council answers for it?", [needed("Choose a unit")], blank="Choose a unit"
    )
    lead_service_id = SelectField[int](
        "Which service does it serve most?",
        blank="Not assigned",
        hint="Its value counts there, and the service says which part of the council answers for it",
    )
    other_services = Rows("Which other services does it serve?", ServiceRow)
    outcome_id = SelectField[int]("Which of the council's outcomes does it serve most?", blank="None chosen")
    arrangement_id = SelectField[int](
        "Is it counted with others?",
        blank="No, it stands alone",
        hint="A framework and its call-offs, or fifty homes under one agreement",
    )
    parent = TextField(
        "Which framework is it under?", hint="For a call-off. The framework's reference, title or number"
    )
    lot = TextField(
        "Which lot is it?", hint="Of a framework or a procurement, such as Lot 2: the north", max_length=100
    )
    replaces = TextField("Which contract does it follow?", hint="Its reference, title or number")

    @override
    def offer(self, choices: ContractChoices) -> None:
        self.unit.choices, self.lead_service_id.choices = choices.units, choices.services
        self.outcome_id.choices, self.arrangement_id.choices = choices.outcomes, choices.arrangements
        super().offer(choices)
        for row in self.other_services.rows:
            row["service_id"].choices = choices.services

    @property
    def other_service_ids(self) -> list[int]:
        chosen = (row["service_id"].data for row in self.other_services.rows)
        return [service_id for service_id in chosen if service_id is not None]

    @override
    @classmethod
    def saved_answers(cls, contract: Contract) -> dict[str, Any]:
        return {
            **super().saved_answers(contract),
            "unit": UnitChosen(contract.directorate_id, contract.division_id),
            "other_services": [{"service_id": entry.service_id} for entry in contract.other_services],
            "parent": said(contract.parent) if contract.parent else None,
            "replaces": said(contract.replaces) if contract.replaces else None,
        }


class WhoForm(SectionForm):
    columns: ClassVar[tuple[str, ...]] = ("manager_post", "contact_email", "concern", "remind_months")

    providers = Rows(
        "Who delivers it?",
        ProviderRow,
        hint="By name or company number, as the register has it. Clear a row to take it out",
    )
    manager_post = TextField("Which post manages it?", hint="A post, not a person", max_length=200)
    contact_email = EmailField("Which address can people write to?", hint="A shared mailbox where there is one")
    concern = LongTextField(
        "Is there a concern about how it goes?", hint="Say what it is. Leave blank if there is none", max_length=1000
    )
    remind_months = WholeNumberField(
        "How many months before a date should reminders of it begin?",
        hint="Leave blank to be reminded at the council's own lead times",
        least=1,
        most=120,
        suffix="months",
    )

    @override
    @classmethod
    def saved_answers(cls, contract: Contract) -> dict[str, Any]:
        rows = [{"name": entry.provider.name, "share": entry.share, "lot": entry.lot} for entry in contract.providers]
        return {**super().saved_answers(contract), "providers": rows}


NO_LENGTH = "Say how many months it adds, or the day it leads to"
REASON = "Leave blank unless something that was agreed is being put right"


class TermForm(SectionForm):
    columns: ClassVar[tuple[str, ...]] = (
        *("starts_on", "awarded_end_on", "rolling", "notice_months", "end_condition", "review_on"),
    )
    computes = True

    starts_on = DayField("When does it start?")
    awarded_end_on = DayField(
        "When does it end, as awarded?", hint="Its last day, without extensions. For example, 31 March 2018"
    )
    rolling = TickField("It rolls on until either side gives notice")
    notice_months = WholeNumberField(
        "How many months' notice?",
        [only_if("rolling", True)],  # noqa: FBT003
        most=120,
        suffix="months",
    )
    end_condition = TextField(
        "If no date can be given, when does it end?",
        hint="In words, such as “when the last resident leaves”",
        max_length=500,
    )
    review_on = DayField("When is it to be reviewed?")
    options = Rows(
        "What options are there to extend it?",
        OptionRow,
        hint="In the order they would be used. Clear a row to take it out",
    )
    reason = LongTextField("Why is it being corrected?", hint=REASON, rows=3, max_length=1000)

    @override
    @classmethod
    def saved_answers(cls, contract: Contract) -> dict[str, Any]:
        rows = [
            {
                "id": option.id,
                "months": option.months or None,
                "ends_on": option.ends_on,
                "value": option.value,
                "notice_months": option.notice_months,
            }
            for option in contract.options
            if not option.taken
        ]
        return {**super().saved_answers(contract), "options": rows}

    def options_wanted(self) -> list[OptionWanted]:
        return [
            OptionWanted(
                id=whole_number(str(row.id.data or "")),
                months=row.months.data,
                ends_on=row.ends_on.data,
                value=row.value.data,
                notice_months=row.notice_months.data,
            )
            for row in self.options.rows
            if not is_blank(row)
        ]

    def validate_options(self, options: Rows) -> None:
        for row in options.rows:
            if not is_blank(row) and row.months.data is None and row.ends_on.data is None and not row.months.errors:
                row.months.errors = [NO_LENGTH]
                raise StopValidation(NO_LENGTH)


class ValueForm(SectionForm):
    columns: ClassVar[tuple[str, ...]] = (
        *("certainty", "share_of", "value_note", "irrecoverable_vat", "vat_treatment"),
        *("exempt", "exempt_ground", "exempt_by", "exempt_review_on", "embargoed_until"),
    )
    computes = True

    awarded_low = PoundsField(
        "What is it worth over its whole life, as awarded?",
        hint="Without recoverable VAT. Like 1.2m or £1,200,000. Leave blank if it is not known",
    )
    awarded_high = PoundsField("If that is a range, what is its high end?")
    annual_low = PoundsField("What is it worth a year?", hint="As well, or where only this is known")
    annual_high = PoundsField("If that is a range, what is its high end?")
    certainty = RadiosField[ValueCertainty](
        "How firm is the value?", choices=choices_of(ValueCertainty, hints=CERTAINTY_HINTS)
    )
    share_of = TextField("If it is the council's share, of what?", hint="Such as “a £16m a year NHS contract”")
    value_note = LongTextField(
        "Does the value need explaining?", hint="Say why, where it is not known", rows=3, max_length=1000
    )
    irrecoverable_vat = PoundsField("How much VAT can the council not recover?")
    vat_treatment = SelectField[VatTreatment](
        "How is VAT charged on it?", choices=choices_of(VatTreatment), blank="Not recorded"
    )
    exempt = TickField("The value is exempt: withhold it from those not entitled")
    exempt_ground = TextField(
        "On what ground?",
        [required_if("exempt", True, message="Enter the ground, such as paragraph 3 of schedule 12A")],  # noqa: FBT003
    )
    exempt_by = TextField("Who decided that?", max_length=200)
    exempt_review_on = DayField("When is it looked at again?")
    embargoed_until = DayField("Keep the whole record back until", hint="Leave blank to show it at once")
    reason = LongTextField("Why is it being corrected?", hint=REASON, rows=3, max_length=1000)

    @override
    @classmethod
    def saved_answers(cls, contract: Contract) -> dict[str, Any]:
        return {
            **super().saved_answers(contract),
            "awarded_low": contract.awarded_low,
            "awarded_high": None if contract.awarded_low == contract.awarded_high else contract.awarded_high,
            "annual_low": contract.annual_low,
            "annual_high": None if contract.annual_low == contract.annual_high else contract.annual_high,
        }

    @override
    def answers(self) -> dict[str, object]:
        """A single figure is both ends of its range."""
        low, high = self.awarded_low.data, self.awarded_high.data
        year_low, year_high = self.annual_low.data, self.annual_high.data
        return {
            **super().answers(),
            "awarded_low": low if low is not None else high,
            "awarded_high": high if high is not None else low,
            "annual_low": year_low if year_low is not None else year_high,
            "annual_high": year_high if year_high is not None else year_low,
        }

    def validate_awarded_high(self, field: PoundsField) -> None:
        _runs_upwards(self.awarded_low, field)

    def validate_annual_high(self, field: PoundsField) -> None:
        _runs_upwards(self.annual_low, field)


def _runs_upwards(low: PoundsField, high: PoundsField) -> None:
    if low.data is not None and high.data is not None and high.data < low.data:
        raise StopValidation(f"Enter a high end of £{low.written} or more")


#: What a person sets; an early end and a suspension are verbs of their own, and show here only where they happened.
STAGES = (ContractStage.PLANNED, ContractStage.AWARDED)


class ProcurementForm(SectionForm):
    columns: ClassVar[tuple[str, ...]] = (
        *("stage", "awarded_on", "entered_on", "approval_id", "procurement_status", "lead_time_months"),
        *("expected_term_months", "tender_url", "document_url"),
    )
    computes = True

    stage = RadiosField[ContractStage]("How far has it come?", [needed("Choose how far it has come")])
    awarded_on = DayField("When was it awarded?")
    entered_on = DayField(
        "When was it entered into?", hint="The day both sides had signed: the law’s periods are counted from it"
    )
    #: A form's own word is "process", so the question cannot have it.
    process_kind = SelectField[ProcessKind](
        "How was it procured?", choices=choices_of(ProcessKind), blank="Not recorded"
    )
    approval_id = SelectField[int]("Which decision was it let under?", blank="None recorded")
    procurement_status = SelectField[ProcurementStatus](
        "How far is the procurement of what follows?", choices=choices_of(ProcurementStatus), blank="Not recorded"
    )
    lead_time_months = WholeNumberField(
        "How many months before its end is a decision needed?",
        hint="Leave blank for the council's own lead time",
        most=120,
        suffix="months",
    )
    expected_term_months = WholeNumberField(
        "How long is a replacement expected to run?",
        hint="Leave blank if as long as this one",
        least=1,
        most=600,
        suffix="months",
    )
    tender_url = TextField("Where are the tender documents?", [web_address], hint="A web address", max_length=1000)
    document_url = TextField("Where are the contract documents?", [web_address], hint="A web address", max_length=1000)

    @override
    @classmethod
    def saved_answers(cls, contract: Contract) -> dict[str, Any]:
        return {**super().saved_answers(contract), "process_kind": contract.process}

    @override
    def answers(self) -> dict[str, object]:
        return {**super().answers(), "process": self.process_kind.data}

    @override
    def offer(self, choices: ContractChoices) -> None:
        super().offer(choices)
        kinds = {choice.value: choice for choice in choices_of(ContractStage)}
        now = self.stage.object_data
        happened = (kinds[now],) if now is not None and now not in STAGES else ()
        self.stage.choices = (*(kinds[stage] for stage in STAGES), *happened)
        self.approval_id.choices = choices.approvals


FORMS: Mapping[Section, type[SectionForm]] = {
    Section.WHAT: WhatForm,
    Section.WHERE: WhereForm,
    Section.WHO: WhoForm,
    Section.TERM: TermForm,
    Section.VALUE: ValueForm,
    Section.PROCUREMENT: ProcurementForm,
    Section.LAW: LawForm,
}
