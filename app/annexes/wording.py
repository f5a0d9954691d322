"""How the register's facts read in an annex: money, providers, lengths, and why something is blank."""

from collections.abc import Collection, Iterable, Iterator

from app.annexes.items import Item
from app.annexes.rules import band_of
from app.core.dates import day
from app.core.money import pounds_short
from app.core.pages import plural
from app.council.rules import ThresholdBasis
from app.register.models import ContractForm, ContractStage, Provider, ProviderKind
from app.register.terms import Term, length_in_words
from app.register.values import Amount, ArrangementValuation, ValueCertainty, basis_in_words
from reports.values import Money, Party, Withheld

NOT_GUARANTEED = "Nominal value: no volume of work is guaranteed"
FRAMEWORK = "Framework: work is ordered from it as it is needed"


def money(amount: Amount | None, *, exempt: str | None = None, at_least: bool = False, why_blank: str = "") -> Money:
    """An amount as the reports take it; an exempt one keeps its figure for the exempt edition."""
    withheld = Withheld(exempt) if exempt else None
    if amount is None:
        return Money(withheld=withheld, why_blank=why_blank or "No confirmed value.")
    return Money(amount.low, amount.high, at_least, withheld)


def estimate(amount: Amount | None, *, exempt: str | None, why_blank: str = "") -> Money:
    """An estimate; in open editions its band may stand for an exempt one."""
    if amount is None:
        return money(None, exempt=exempt, why_blank=why_blank)
    withheld = Withheld(exempt, band_of(amount.high)) if exempt else None
    return Money(amount.low, amount.high, withheld=withheld)


def parties(providers: Iterable[Provider], companies: Collection[int]) -> tuple[Party, ...]:
    """Providers as cells name them; ``companies`` are those the register keeps as trading companies."""
    return tuple(
        Party(
            provider.name,
            kind=_kind(provider),
            council_owned=is_council_owned(provider, companies),
            masked=provider.name_masked,
        )
        for provider in providers
    )


def is_council_owned(provider: Provider, companies: Collection[int]) -> bool:
    return bool(provider.kind is ProviderKind.COUNCIL_OWNED or provider.council_share or provider.id in companies)


def _kind(provider: Provider) -> str:
    if provider.kind is ProviderKind.VCSE or provider.vcse:
        return "VCSE"
    if provider.kind is ProviderKind.PUBLIC_BODY:
        return "Public body"
    return "SME" if provider.sme else ""


def length(item: Item) -> str:
    """In words; an arrangement's from the first start to the last end of its contracts."""
    if item.arrangement is None:
        return length_in_words(item.parts[0].standing.term)
    if item.ends_on is None and all(part.standing.term.rolling for part in item.live):
        return length_in_words(item.live[0].standing.term)
    return length_in_words(Term(item.starts_on, item.ends_on))


def between(amount: Amount) -> str:
    """In a table's words: "£1.2m", "£1.2m to £1.8m"."""
    return " to ".join(dict.fromkeys((pounds_short(amount.low), pounds_short(amount.high))))


def basis(item: Item) -> str:
    """What the value is: "Whole life, estimate"; an arrangement's says how it was come by."""
    words = basis_in_words(item.current or item.annual)
    if item.arrangement is None or (item.current or item.annual) is None:
        return words
    return f"{words}, {_VALUED[item.arrangement.valuation]}"


_VALUED = {
    ArrangementValuation.STATED: "stated for the whole",
    ArrangementValuation.ADDED: "sum of its contracts",
    ArrangementValuation.REPEATED: "one value shared by its contracts",
}


def why_blank(item: Item) -> str:
    """Said where neither a whole-life nor an annual value is known."""
    note = None if item.exempt_ground or item.arrangement else item.first.value_note
    return f"{note.rstrip('.')}." if note else "No confirmed value."


def note(item: Item, *, included: str = "") -> str:
    """Plain remarks on one row."""
    return " ".join(f"{part[:1].upper()}{part[1:].rstrip('.')}." for part in _remarks(item, included))


def _remarks(item: Item, included: str) -> Iterator[str]:
    if item.arrangement:
        yield from _of_arrangement(item)
    elif item.first.stage is ContractStage.SUSPENDED:
        yield "Suspended"
    elif item.first.ended_early_on and item.first.ended_early_on == item.ends_on:
        yield f"Ends early, on {day(item.ends_on)}"
    if item.call_offs:
        yield f"{plural(item.call_offs, 'call-off')} under it counted here"
    if item.lacks_end and item.ends_on is None and not item.arrangement and item.first.end_condition:
        yield f"Ends: {item.first.end_condition}"
    yield from _why_over(item)
    if included:
        yield f"included below the threshold: {included}"


def _why_over(item: Item) -> Iterator[str]:
    """Where the value printed does not itself pass the threshold, say what does; no amount of an exempt one."""
    shown = item.annual if item.threshold.basis is ThresholdBasis.ANNUAL else item.current
    figure = item.figure.high
    if not item.passing.is_over or figure is None or (shown and item.threshold.is_passed_by(shown.high)):
        return
    how = "with its options" if shown else "over its term"
    if item.threshold.basis is ThresholdBasis.ANNUAL:
        how = "a year over its term"
    yield f"{'Over the threshold' if item.exempt_ground else pounds_short(figure)} {how}"


def _of_arrangement(item: Item) -> Iterator[str]:
    ended = len(item.parts) - len(item.live)
    many = plural(len(item.parts), "contract")
    yield f"{many}, {ended} of them ended" if ended else many
    if item.unvalued:
        yield f"{item.unvalued} with no whole-life value, not added"
    if item.lacks_end and item.ends_on is not None:
        yield "some have no end date"


def footnotes(item: Item) -> tuple[str, ...]:
    """Remarks that several rows may share."""
    found = []
    if any(part.contract.form is ContractForm.FRAMEWORK for part in item.live):
        found.append(FRAMEWORK)
    if any(part.contract.certainty is ValueCertainty.NOMINAL for part in item.live):
        found.append(NOT_GUARANTEED)
    shares = {part.contract.share_of for part in item.live if part.contract.share_of and not item.exempt_ground}
    return (*found, *(f"The council's share of {share}" for share in sorted(shares)))
