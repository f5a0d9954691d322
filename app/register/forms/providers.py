"""The questions about providers."""

from typing import Any

from app.core.errors import Refusal
from app.core.forms import (
    Choice,
    LongTextField,
    NumberField,
    RadiosField,
    SelectField,
    TextField,
    TickField,
    VersionedForm,
    answered,
    choices_of,
    needed,
    only_if,
)
from app.register.commands.providers import ProviderWanted
from app.register.forms.known import Known
from app.register.identifiers import SHAPES, Scheme, accepted_identifier
from app.register.models import Provider, ProviderKind

#: Numbers asked for when a provider is added; others have a page of their own.
ASKED_AT_ONCE = {
    "company_number": Scheme.COMPANY,
    "charity_number": Scheme.CHARITY,
    "vendor_number": Scheme.VENDOR,
}


class ProviderForm(VersionedForm):
    """What is asked of every provider."""

    name = TextField("What is the provider called?", [needed("Enter the provider's name")])
    kind = RadiosField[ProviderKind](
        "What kind of provider is it?", choices=choices_of(ProviderKind), default=ProviderKind.NOT_KNOWN
    )
    council_share = NumberField(
        "What share of it does the council own?",
        [only_if("kind", ProviderKind.COUNCIL_OWNED, ProviderKind.PARTNERSHIP)],
        suffix="%",
        most=100,
    )
    small = RadiosField[Known](
        "Is it a small or medium-sized enterprise?",
        hint="Fewer than 250 staff, as the Transparency Code counts",
        choices=choices_of(Known),
        default=Known.NOT_KNOWN,
    )
    voluntary = RadiosField[Known](
        "Is it a voluntary, community or social enterprise?", choices=choices_of(Known), default=Known.NOT_KNOWN
    )
    vcse_type = TextField(
        "What kind of voluntary organisation is it?",
        [only_if("voluntary", Known.YES)],
        hint="For example, charity or community interest company",
        max_length=100,
    )
    name_masked = TickField(
        "Leave the name out of what is published", hint="For a sole trader or a foster carer, whose name is personal"
    )
    note = LongTextField("Is there anything else to note?", max_length=2000)

    def to_command(self) -> ProviderWanted:
        return ProviderWanted(
            name=answered(self.name),
            kind=self.kind.data or ProviderKind.NOT_KNOWN,
            sme=(self.small.data or Known.NOT_KNOWN).fact,
            vcse=(self.voluntary.data or Known.NOT_KNOWN).fact,
            vcse_type=self.vcse_type.data,
            council_share=self.council_share.data,
            name_masked=bool(self.name_masked.data),
            note=self.note.data,
        )


class NewProviderForm(ProviderForm):
    """A provider, and the numbers most are known by."""

    company_number = TextField(
        "What is its Companies House number?", hint="8 characters, like 01234567. Leave blank if it has none", width=10
    )
    charity_number = TextField("What is its charity number?", hint="6 or 7 digits, for England and Wales", width=10)
    vendor_number = TextField("What is its vendor number in the council's own system?", width=10)

    def numbers(self) -> dict[Scheme, str]:
        """What was given, as the registers write it; a refusal stands beside its question."""
        given = {name: (scheme, self[name].data) for name, scheme in ASKED_AT_ONCE.items() if self[name].data}
        return {scheme: _accepted(name, scheme, text) for name, (scheme, text) in given.items()}


def _accepted(name: str, scheme: Scheme, text: str) -> str:
    try:
        return accepted_identifier(scheme, text)
    except Refusal as refusal:
        raise Refusal(refusal.message, field=name) from refusal


class NumberForm(VersionedForm):
    """One more number."""

    scheme = SelectField[Scheme](
        "Which kind of number is it?",
        [needed("Choose the kind of number")],
        choices=tuple(Choice(scheme, shape.name) for scheme, shape in SHAPES.items()),
    )
    value = TextField("What is the number?", [needed("Enter the number")], width=20)


class OtherNameForm(VersionedForm):
    """One more name."""

    name = TextField("What else is it called?", [needed("Enter the other name")])


def provider_form(provider: Provider, **more: Any) -> ProviderForm:
    return ProviderForm(obj=provider, small=Known.of(provider.sme), voluntary=Known.of(provider.vcse), **more)
