"""One row read: its cells weighed against each other, and the contract they describe."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256

from app.core.dates import add_months, day, last_day_of_term
from app.core.text import fold
from app.imports.answers import Answer, Answers, PatternKey, PatternKind
from app.imports.cells.identifiers import VENDORS
from app.imports.columns import Cell, CellsOfRow
from app.imports.rows import ContractRow, Said
from app.imports.targets import HANDED_ON, Target
from app.imports.values import Amount, Certainty, Form, Identifier, Length, NamedProvider, NoEnd, Per, Process
from app.register.options import OptionWritten

#: Where the pounds of a row are looked for, in turn.
_PRINTED_FIRST = (
    *(Target.VALUE, Target.VALUE_HIGH, Target.VALUE_LOW),
    *(Target.ANNUAL_VALUE, Target.ANNUAL_HIGH, Target.ANNUAL_LOW),
)
Options = tuple[OptionWritten, ...]

_NOUGHT = Decimal(0)
_DIGEST_CHARACTERS = 16
#: A date further ahead than any term agreed on stands for "none" or "not known": 31/12/2099.
FAR_AHEAD_YEARS = 30
_DATES_AGREED = (Target.STARTS_ON, Target.EFFECTIVE_ON, Target.AWARDED_ON)
_FAR_AHEAD = (
    (Target.CURRENT_END_ON, PatternKind.FAR_END, NoEnd.NO_END),
    (Target.LATEST_END_ON, PatternKind.FAR_EXTENSION, None),
)
_OF_SHAPE = frozenset({PatternKind.SHORT_ROW, PatternKind.LONG_ROW})


@dataclass(slots=True)
class RowReader:
    """The cells of one row, what is wrong with them together, and what they leave to be asked."""

    cells: CellsOfRow
    answers: Answers
    problems: list[Cell] = field(default_factory=list)
    asked: list[PatternKey] = field(default_factory=list)
    held_by: list[PatternKey] = field(default_factory=list)

    # What a cell says, by type.

    def cell(self, target: Target) -> Cell | None:
        found = self.cells.get(target)
        return found[0] if found else None

    def text(self, target: Target) -> str:
        found = self.cells.get(target)
        value = found[0].value if found else None
        return value if isinstance(value, str) else ""

    def day(self, target: Target) -> date | None:
        found = self.cells.get(target)
        value = found[0].value if found else None
        return value if isinstance(value, date) else None

    def flag(self, target: Target) -> bool | None:
        cell = self.cell(target)
        return cell.value if cell and isinstance(cell.value, bool) else None

    def amount(self, target: Target) -> Amount | None:
        cell = self.cell(target)
        return cell.value if cell and isinstance(cell.value, Amount) else None

    def numbers(self, target: Target) -> tuple[Identifier | None, ...]:
        cell = self.cell(target)
        found = cell.value if cell and isinstance(cell.value, tuple) else ()
        return tuple(number if isinstance(number, Identifier) else None for number in found)

    # The whole row.

    def contract(self) -> ContractRow:
        """What the row says, and on the way its problems and questions."""
        self._doubt_far_days()
        words, days, matter = self._sorted()
        self._collect(matter)
        end, latest, options = self._term()
        value, annual = self._amounts()
        return ContractRow(
            register_id=words.get("register_id", ""),
            reference=words.get("reference", ""),
            notice_id=words.get("notice_id", ""),
            parent_reference=words.get("parent_reference", ""),
            ocid=words.get("ocid", ""),
            title=words.get("title", ""),
            description=words.get("description", ""),
            form=self._form(),
            unit=self._unit(),
            division=words.get("division", ""),
            service=words.get("service", ""),
            category=words.get("category", ""),
            service_category_label=words.get("service_category_label", ""),
            service_category_uri=words.get("service_category_uri", ""),
            cpv_codes=self._cpv_codes(),
            cpv_label=words.get("cpv_label", ""),
            proclass_label=words.get("proclass_label", ""),
            proclass_code=words.get("proclass_code", ""),
            programme=words.get("programme", ""),
            starts_on=days.get("starts_on"),
            current_end_on=end,
            has_no_end=self._has_no_end(),
            review_on=days.get("review_on"),
            latest_end_on=latest,
            options=options,
            awarded_on=days.get("awarded_on"),
            effective_on=days.get("effective_on"),
            value=value,
            annual_value=annual,
            extended_value=self.amount(Target.EXTENDED_VALUE),
            certainty=self._certainty(value or annual),
            irrecoverable_vat=self._vat(),
            providers=self._providers(),
            vcse_type=words.get("vcse_type", ""),
            manager_post=words.get("manager_post", ""),
            contact_email=words.get("contact_email", ""),
            contact_url=words.get("contact_url", ""),
            process=self._process(),
            status=words.get("status", ""),
            tender_url=words.get("tender_url", ""),
            document_url=words.get("document_url", ""),
            performance_url=words.get("performance_url", ""),
            area_label=words.get("area_label", ""),
            area_uri=words.get("area_uri", ""),
            organisation=words.get("organisation", ""),
            organisation_uri=words.get("organisation_uri", ""),
            note="\n".join(self._lines(Target.NOTE)),
            remarks=tuple(cell.remark for cell in matter if cell.remark),
            others=self._others(),
            one_end=self._one_end(),
        )

    def ask(self, kind: PatternKind, text: str = "", target: Target | None = None) -> Answer:
        """Ask about the row as a whole; the row is held until an answer other than Hold counts."""
        key = PatternKey(kind, target, text)
        answer = self.answers.settled(key)
        self.asked.append(key)
        if answer is Answer.HOLD:
            self.held_by.append(key)
        return answer

    def forget_cells(self) -> None:
        """Drop what the cells ask: in a row of the wrong shape they may stand under the wrong headings."""
        self.problems.clear()
        self.asked = [key for key in self.asked if key.kind in _OF_SHAPE]
        self.held_by = [key for key in self.held_by if key.kind in _OF_SHAPE]

    def wrong(self, target: Target, cure: str) -> None:
        """Say what is wrong with a cell, given the others."""
        cell = self.cell(target)
        if cell is not None:
            self.problems.append(replace(cell, cure=cure))

    def pounds(self) -> Decimal:
        """What the row adds to the pounds read: the value it prints first, counted once."""
        for target in _PRINTED_FIRST:
            cell = self.cell(target)
            if cell is not None and cell.pounds:
                return cell.pounds
        return _NOUGHT

    def digest(self) -> str:
        """A hash of title, provider and start, by which the row is known when its file comes again."""
        start = self.day(Target.STARTS_ON)
        said = (
            fold(self._printed(Target.TITLE)),
            fold(self._printed(Target.PROVIDER)),
            start.isoformat() if start else fold(self._printed(Target.STARTS_ON)),
        )
        return sha256("\x1f".join(said).encode()).hexdigest()[:_DIGEST_CHARACTERS]

    def reference(self) -> str:
        return fold(self.text(Target.REFERENCE) or self.text(Target.NOTICE_ID))

    def _printed(self, target: Target) -> str:
        cell = self.cell(target)
        return cell.text if cell else ""

    def _collect(self, matter: Iterable[Cell]) -> None:
        for cell in matter:
            if cell.key is not None:
                self.asked.append(cell.key)
                if cell.holds:
                    self.held_by.append(cell.key)
            if cell.cure:
                self.problems.append(cell)

    def _sorted(self) -> tuple[Mapping[str, str], Mapping[str, date], Sequence[Cell]]:
        """Words and days by target, which is the field's own name too, and the cells that ask, err or remark."""
        words: dict[str, str] = {}
        days: dict[str, date] = {}
        matter: list[Cell] = []
        for target, cells in self.cells.items():
            value = cells[0].value
            if isinstance(value, str):
                words[target] = value
            elif isinstance(value, date):
                days[target] = value
            for cell in cells:
                if cell.matters:
                    matter.append(cell)  # noqa: PERF401 - most cells do not, and rows are many
        return words, days, matter

    def _unit(self) -> str:
        named = self.text(Target.UNIT) or self.text(Target.DIVISION) or self.answers.unit
        if named or self.text(Target.REGISTER_ID):
            return named
        answer = self.ask(PatternKind.NO_UNIT)
        return self.text(Target.ORGANISATION) if answer is Answer.ORGANISATION else ""

    def _form(self) -> Form | None:
        cell = self.cell(Target.FORM)
        return cell.value if cell and isinstance(cell.value, Form) else None

    def _process(self) -> Process | None:
        cell = self.cell(Target.PROCESS)
        return cell.value if cell and isinstance(cell.value, Process) else None

    def _has_no_end(self) -> bool:
        cell = self.cell(Target.CURRENT_END_ON)
        return bool(cell) and cell is not None and cell.value is NoEnd.NO_END

    def _cpv_codes(self) -> tuple[str, ...]:
        cell = self.cell(Target.CPV_CODE)
        return cell.value if cell and isinstance(cell.value, tuple) else ()

    def _vat(self) -> Decimal | None:
        amount = self.amount(Target.IRRECOVERABLE_VAT)
        return amount.high if amount else None

    # The term.

    def _doubt_far_days(self) -> None:
        """Ask about ends far ahead, but for the register's own; what is not taken as written stays as words."""
        if self.text(Target.REGISTER_ID):
            return
        for target, kind, instead in _FAR_AHEAD:
            said = self.day(target)
            if said and self._is_far_ahead(said) and self.ask(kind, target=target) is not Answer.AS_WRITTEN:
                first, *rest = self.cells[target]
                self.cells = {**self.cells, target: (replace(first, value=instead, note=first.text.strip()), *rest)}

    def _is_far_ahead(self, said: date) -> bool:
        """Counted from the latest of the dates at which somebody knew the contract."""
        known = [found for target in _DATES_AGREED if (found := self.day(target))]
        return bool(known) and _years_before(said, max(known)) > (FAR_AHEAD_YEARS, 0, 0)

    def _term(self) -> tuple[date | None, date | None, Options]:
        start, end = self.day(Target.STARTS_ON), self.day(Target.CURRENT_END_ON)
        length = self._length()
        if end is None and start and length and not self._has_no_end():
            end = _end_of(start, length)
        if start and end and end < start:
            self.wrong(Target.CURRENT_END_ON, f"Give an end on or after the start, {day(start)}")
        said = length.options if length else ()
        return end, *self._latest(start, end, self._options() or tuple(OptionWritten(months=months) for months in said))

    def _latest(self, start: date | None, end: date | None, options: Options) -> tuple[date | None, Options]:
        """An extension date after the end is one option; before it is held; without an end it is the latest end."""
        latest = self.day(Target.LATEST_END_ON)
        if latest is None:
            return _with_options(end, options), options
        if start and latest < start:
            self.wrong(Target.LATEST_END_ON, f"Give a date on or after the start, {day(start)}")
        if end is None or latest == end:
            return latest, options
        if latest < end:
            self.ask(PatternKind.EXTENSION_BEFORE_END, target=Target.LATEST_END_ON)
            return _with_options(end, options), options
        return latest, options or (OptionWritten(ends_on=latest),)

    def _length(self) -> Length | None:
        cell = self.cell(Target.LENGTH_TEXT)
        return cell.value if cell and isinstance(cell.value, Length) else None

    def _options(self) -> Options:
        found = [cell.value for cell in self.cells.get(Target.OPTIONS, ()) if isinstance(cell.value, tuple)]
        return tuple(option for options in found for option in options if isinstance(option, OptionWritten))

    # The money.

    def _amounts(self) -> tuple[Amount | None, Amount | None]:
        """Whole life, and a year; a value column may turn out to give either."""
        value = self._amount(Target.VALUE, Target.VALUE_LOW, Target.VALUE_HIGH)
        annual = self._amount(Target.ANNUAL_VALUE, Target.ANNUAL_LOW, Target.ANNUAL_HIGH)
        if value and value.per is Per.YEAR:
            return None if annual is None else _whole(annual), annual_of(value)
        if annual and annual.per is Per.WHOLE_LIFE and value is None:
            return annual, None
        return value, annual_of(annual) if annual else None

    def _amount(self, alone: Target, lower: Target, higher: Target) -> Amount | None:
        """The column that gives the amount, or the two that give a range; a question about the first comes first."""
        cell = self.cell(alone)
        if cell is not None and (cell.holds or isinstance(cell.value, Amount)):
            return self.amount(alone)
        low, high = self.amount(lower), self.amount(higher)
        if low and high and low.low > high.high:
            self.wrong(higher, "Give a higher value than the lower one beside it")
            return None
        if low and high:
            return Amount(low.low, high.high, low.per or high.per, low.certainty or high.certainty)
        return low or high

    def _one_end(self) -> frozenset[Target]:
        """Ends of a range that stand without the other: the contract's own is the other."""
        pairs = ((Target.VALUE_LOW, Target.VALUE_HIGH), (Target.ANNUAL_LOW, Target.ANNUAL_HIGH))
        said = ((one, other) for pair in pairs for one, other in (pair, pair[::-1]))
        alone = {Target.VALUE_LOW: Target.VALUE, Target.VALUE_HIGH: Target.VALUE}
        return frozenset(
            one
            for one, other in said
            if self.amount(one) and not self.amount(other) and not self.amount(alone.get(one, Target.ANNUAL_VALUE))
        )

    def _certainty(self, amount: Amount | None) -> Certainty | None:
        cell = self.cell(Target.VALUE_CERTAINTY)
        if cell and isinstance(cell.value, Certainty):
            return cell.value
        return amount.certainty if amount else None

    # The providers.

    def _providers(self) -> tuple[NamedProvider, ...]:
        """Other columns speak of the only provider, or of each in turn; else nobody knows of whom."""
        cell = self.cell(Target.PROVIDER)
        named = cell.value if cell and isinstance(cell.value, tuple) else ()
        providers = [provider for provider in named if isinstance(provider, NamedProvider)]
        for target in _NUMBERED:
            numbers = self.numbers(target)
            if len(numbers) == len(providers):
                providers = [_numbered(provider, number) for provider, number in zip(providers, numbers, strict=True)]
        return (self._described(providers[0]),) if len(providers) == 1 else tuple(providers)

    def _described(self, provider: NamedProvider) -> NamedProvider:
        sme, vcse = self.flag(Target.SME), self.flag(Target.VCSE)
        return replace(
            provider,
            sme=provider.sme if sme is None else sme,
            vcse=provider.vcse if vcse is None else vcse,
            address=self.text(Target.PROVIDER_ADDRESS) or provider.address,
        )

    # What is handed on.

    def _lines(self, target: Target) -> list[str]:
        return [cell.value for cell in self.cells.get(target, ()) if isinstance(cell.value, str)]

    def _others(self) -> Mapping[Target, Said]:
        if HANDED_ON.isdisjoint(self.cells):
            return {}
        handed = ((target, cells[0].value) for target, cells in self.cells.items() if target in HANDED_ON)
        return {target: value for target, value in handed if isinstance(value, str | date | int)}


_NUMBERED = (Target.PROVIDER_COMPANY_NUMBER, Target.PROVIDER_CHARITY_NUMBER, Target.PROVIDER_VENDOR_NUMBER)


def _numbered(provider: NamedProvider, number: Identifier | None) -> NamedProvider:
    if number is None or number in provider.identifiers:
        return provider
    if number.scheme == VENDORS:
        return replace(provider, vendor_number=number.number)
    return replace(provider, identifiers=(*provider.identifiers, number))


def annual_of(amount: Amount) -> Amount:
    return replace(amount, per=Per.YEAR)


def _whole(annual: Amount) -> Amount | None:
    """A column headed as annual whose cell says that it is for the whole life."""
    return annual if annual.per is Per.WHOLE_LIFE else None


def _years_before(later: date, first: date) -> tuple[int, int, int]:
    """Whole years and what is left over, to be compared; no date is made that a calendar might lack."""
    return later.year - first.year, later.month - first.month, later.day - first.day


def _end_of(start: date, length: Length) -> date:
    after = add_months(start, length.months) if length.months else start
    if not length.days:
        return last_day_of_term(start, length.months)
    return after + timedelta(days=length.days - 1)


def _with_options(end: date | None, options: Options) -> date | None:
    """The latest end, each option after the one before; those taken up are in the end already."""
    left = [option for option in options if not option.taken and not option.lapsed]
    days = [option.ends_on for option in left if option.ends_on]
    if end is None or not left:
        return end
    months = sum(option.months for option in left)
    return max([last_day_of_term(end + timedelta(days=1), months) if months else end, *days])
