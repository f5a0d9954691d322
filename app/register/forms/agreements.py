"""The questions about trading companies and service level agreements."""

from dataclasses import dataclass
from typing import Any

from typing_extensions import override

from app.core.forms import (
    CheckboxesField,
    Choice,
    DayField,
    LongTextField,
    NumberField,
    PoundsField,
    RadiosField,
    SelectField,
    TextField,
    TickField,
    VersionedForm,
    WholeNumberField,
    answered,
    choices_of,
    needed,
    only_if,
    sentence_case,
)
from app.register.commands.agreements import AgreementWanted, CompanyWanted
from app.register.forms.contracts.parts import web_address
from app.register.models import Agreement, AgreementStatus, ContractForm, TradingCompany
from app.register.units import UnitChosen

FORM_HINTS = {
    ContractForm.SLA: "With a company the council owns, which is a separate person: legally a contract",
    ContractForm.INTERNAL_SLA: "With a team of the council itself: not legally a contract",
}


class CompanyForm(VersionedForm):
    """What is asked of a trading company."""

    council_share = NumberField(
        "What share of it does the council own?", [needed("Enter a percentage")], suffix="%", most=100
    )
    purpose = LongTextField("What does it trade in?", rows=3, max_length=2000)
    plan_title = TextField("What is its own business plan called?", hint="Companies plan their own business")
    plan_on = DayField("What date is that plan?")
    plan_url = TextField("Where can it be read?", [web_address], hint="An address beginning https://", max_length=500)
    shareholder_lead_post = TextField("Which post acts for the council as shareholder?", max_length=200)

    def to_command(self, name: str) -> CompanyWanted:
        return CompanyWanted(
            name=name,
            council_share=answered(self.council_share),
            purpose=self.purpose.data,
            plan_title=self.plan_title.data,
            plan_on=self.plan_on.data,
            plan_url=self.plan_url.data,
            shareholder_lead_post=self.shareholder_lead_post.data,
        )


class NewCompanyForm(CompanyForm):
    """A company, and its name: a provider's, where there is one."""

    name = TextField(
        "What is the company called?",
        [needed("Enter the company's name")],
        hint="If a provider of this name is in the register, it becomes the trading company",
    )


def company_form(company: TradingCompany, **more: Any) -> CompanyForm:
    provider = company.provider
    return CompanyForm(obj=company, council_share=provider.council_share, version=provider.version, **more)


@dataclass(frozen=True)
class AgreementChoices:
    """What the selects of an agreement's form offer."""

    companies: tuple[Choice[int], ...]
    units: tuple[Choice[UnitChosen], ...]
    services: tuple[Choice[int], ...]
    approvals: tuple[Choice[int], ...]


class AgreementForm(VersionedForm):
    """What is asked of an agreement."""

    title = TextField("What is the agreement called?", [needed("Enter a title")])
    kind = RadiosField[ContractForm](
        "Who is it with?",
        [needed("Choose who it is with")],
        choices=tuple(Choice(form, sentence_case(form.value), hint) for form, hint in FORM_HINTS.items()),
    )
    provider_id = SelectField[int]("Which company?", [only_if("kind", ContractForm.SLA)], blank="Choose a company")
    unit = SelectField[UnitChosen](
        "Which part of the council is the client?", [needed("Choose a directorate or division")], blank="Choose a unit"
    )
    lead_service_id = SelectField[int]("Which service does it deliver?", blank="None yet")
    other_services = CheckboxesField[int]("Which other services does it deliver?")
    reference = TextField("What is its reference?", max_length=100, width=20)
    starts_on = DayField("When does it start?")
    ends_on = DayField("When does it end?", hint="The last day. Leave blank if it runs until notice is given")
    rolling = TickField("It runs until notice is given")
    notice_months = WholeNumberField("How many months' notice?", [only_if("rolling")], least=1, most=120)
    review_on = DayField("When is it to be reviewed?")
    review_months = WholeNumberField(
        "How many months from one review to the next?", hint="For example, 12", least=1, most=120, width=3
    )
    annual_charge = PoundsField("What does it cost a year?", hint="Net of VAT. Leave blank if it is not known")
    client_lead_post = TextField("Which post leads for the client?", hint="A post, not a person", max_length=200)
    company_contact = TextField(
        "Whom do you speak to there?", hint="A post or name, and an e-mail address or number", max_length=300
    )
    approval_id = SelectField[int]("Which decision set it up?", blank="None in the register")
    decision_reference = TextField(
        "If the decision is not in the register, what is its reference?", max_length=60, width=20
    )
    description = LongTextField("What does it cover?", max_length=2000)
    reason = LongTextField(
        "If you change its dates or its charge, why?", rows=2, max_length=1000, hint="Needed once it is in place"
    )

    def offer(self, choices: AgreementChoices) -> None:
        self.provider_id.choices, self.unit.choices = choices.companies, choices.units
        self.lead_service_id.choices = self.other_services.choices = choices.services
        self.approval_id.choices = choices.approvals

    def to_command(self) -> AgreementWanted:
        unit = answered(self.unit)
        return AgreementWanted(
            title=answered(self.title),
            form=answered(self.kind),
            status=self.status_chosen,
            directorate_id=unit.directorate_id,
            division_id=unit.division_id,
            provider_id=self.provider_id.data,
            lead_service_id=self.lead_service_id.data,
            other_service_ids=self.other_services.data or (),
            reference=self.reference.data,
            description=self.description.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            review_on=self.review_on.data,
            rolling=bool(self.rolling.data),
            notice_months=self.notice_months.data,
            annual_charge=self.annual_charge.data,
            client_lead_post=self.client_lead_post.data,
            decision_reference=self.decision_reference.data,
            company_contact=self.company_contact.data,
            review_months=self.review_months.data,
            approval_id=self.approval_id.data,
        )

    @property
    def status_chosen(self) -> AgreementStatus | None:
        """Once recorded, it moves on its own page, with a day and a reason."""
        return None


class NewAgreementForm(AgreementForm):
    """An agreement, and how far it is."""

    status = RadiosField[AgreementStatus](
        "How far is it?", [needed("Choose how far it is")], choices=choices_of(AgreementStatus)
    )

    @property
    @override
    def status_chosen(self) -> AgreementStatus | None:
        return answered(self.status)


def agreement_form(agreement: Agreement, choices: AgreementChoices, **more: Any) -> AgreementForm:
    """The form as the record stands saved."""
    contract = agreement.contract
    form = AgreementForm(
        version=contract.version,
        title=contract.title,
        kind=contract.form,
        provider_id=contract.providers[0].provider_id if contract.providers else None,
        unit=UnitChosen(contract.directorate_id, contract.division_id),
        lead_service_id=contract.lead_service_id,
        other_services=[one.service_id for one in contract.other_services],
        reference=contract.reference,
        starts_on=contract.starts_on,
        ends_on=contract.awarded_end_on,
        rolling=contract.rolling,
        notice_months=contract.notice_months,
        review_on=contract.review_on,
        annual_charge=contract.annual_high,
        client_lead_post=agreement.client_lead_post,
        decision_reference=agreement.decision_reference,
        company_contact=agreement.company_contact,
        review_months=agreement.review_months,
        approval_id=contract.approval_id,
        description=contract.description,
        **more,
    )
    form.offer(choices)
    return form
