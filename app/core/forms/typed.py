"""What people type on lines: text, days, pounds and numbers."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from typing_extensions import override

from app.core.dates import day, parse_day
from app.core.errors import Refusal
from app.core.forms.question import Check, Question
from app.core.money import parse_pounds, pounds

#: Longer than any one-line answer of the register, short enough for every column.
ONE_LINE = 300
WHOLE = "Enter a whole number, without a decimal point"


class TextField(Question[str]):
    """One line of text."""

    def __init__(self, label: str, validators: Iterable[Check] = (), **kwargs: Any) -> None:
        super().__init__(label, validators, **{"max_length": ONE_LINE, **kwargs})

    @override
    def read(self, text: str) -> str:
        return " ".join(text.split())


class EmailField(TextField):
    macro = "email"

    @override
    def read(self, text: str) -> str:
        before, at, after = text.partition("@")
        if not before or not at or "." not in after or " " in text:
            raise Refusal("Enter an email address like name@example.gov.uk")
        return text


class PasswordField(TextField):
    """Never tidied and never shown again."""

    macro = "password"

    @override
    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0] if valuelist and valuelist[0] else None


class LongTextField(Question[str]):
    """Several lines; with a `max_length` the page counts what is left."""

    macro = "long_text"

    def __init__(self, label: str, validators: Iterable[Check] = (), *, rows: int = 5, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.rows = rows

    @override
    def read(self, text: str) -> str:
        return text.replace("\r\n", "\n").replace("\r", "\n")

    @override
    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([self.read(text) for text in valuelist])


class DayField(Question[date]):
    """A date as people type it in Britain, in one box; said back as "31 March 2018"."""

    def __init__(self, label: str, validators: Iterable[Check] = (), **kwargs: Any) -> None:
        super().__init__(
            label, validators, **{"hint": "For example, 31 March 2018 or 31/3/2018", "width": 20, **kwargs}
        )

    @override
    def read(self, text: str) -> date:
        return parse_day(text)

    @override
    def write(self, data: date) -> str:
        return day(data)


class PoundsField(Question[Decimal]):
    """An amount as people type it: "1.2m", "£1,200,000", "1200000"; said back in full."""

    def __init__(self, label: str, validators: Iterable[Check] = (), **kwargs: Any) -> None:
        super().__init__(label, validators, **{"prefix": "£", "width": 10, **kwargs})

    @override
    def read(self, text: str) -> Decimal:
        return parse_pounds(text)

    @override
    def write(self, data: Decimal) -> str:
        return pounds(data).removeprefix("£")


class NumberField(Question[Decimal]):
    """A number that is not money: full-time equivalents, a percentage, a quantity."""

    def __init__(
        self,
        label: str,
        validators: Iterable[Check] = (),
        *,
        places: int = 2,
        least: int = 0,
        most: int = 1_000_000_000,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, **{"width": 5, **kwargs})
        self.places, self.least, self.most = places, least, most

    @override
    def read(self, text: str) -> Decimal:
        number = read_number(text)
        if number is None:
            raise Refusal(f"Enter a number, like 12{'.5' if self.places else ''}")
        if not self.least <= number <= self.most:
            raise Refusal(f"Enter a number between {self.least:,} and {self.most:,}")
        if number != round(number, self.places):
            raise Refusal(f"Enter a number with no more than {self.places} decimal places" if self.places else WHOLE)
        return number

    @override
    def write(self, data: Decimal) -> str:
        text = f"{data:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text


def read_number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", "").removesuffix("%").strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


class WholeNumberField(Question[int]):
    """How many: months, homes, places."""

    def __init__(
        self,
        label: str,
        validators: Iterable[Check] = (),
        *,
        least: int = 0,
        most: int = 1_000_000_000,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, validators, **{"width": 5, **kwargs})
        self.least, self.most = least, most

    @override
    def read(self, text: str) -> int:
        number = read_number(text)
        if number is None or number != number.to_integral_value():
            raise Refusal(WHOLE)
        if not self.least <= number <= self.most:
            raise Refusal(f"Enter a whole number between {self.least:,} and {self.most:,}")
        return int(number)
