"""The questions an import asks once per pattern, the choices, and the answers a person gave."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.core.errors import Refusal
from app.core.text import fold
from app.imports.targets import LABELS, Target, target_named


class PatternKind(StrEnum):
    """A way in which cells or rows leave a question open."""

    NO_END = "no_end"
    DAY_OR_MONTH = "day_or_month"
    MONTH_FIRST = "month_first"
    ZERO = "zero"
    NEGATIVE = "negative"
    NO_SUM = "no_sum"
    VAT_INCLUDED = "vat_included"
    UNSAID_BASIS = "unsaid_basis"
    SEVERAL_NAMES = "several_names"
    NO_NAME = "no_name"
    UNKNOWN_FORM = "unknown_form"
    UNREADABLE = "unreadable"
    EXTENSION_BEFORE_END = "extension_before_end"
    FAR_END = "far_end"
    FAR_EXTENSION = "far_extension"
    EXACT_COPY = "exact_copy"
    SHORT_ROW = "short_row"
    LONG_ROW = "long_row"
    NO_UNIT = "no_unit"
    #: Asked where a file meets the register, not by the reading of it.
    CHANGED_VALUE = "changed_value"
    LATER_END = "later_end"
    EDITED_SINCE = "edited_since"
    UNKNOWN_UNIT = "unknown_unit"
    UNKNOWN_PROVIDER = "unknown_provider"


class Answer(StrEnum):
    """What may be answered; each question offers a few of these."""

    HOLD = "hold"
    REFUSE = "refuse"
    BLANK = "blank"
    NO_END = "no_end"
    MONTH = "month"
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    NOT_KNOWN = "not_known"
    ZERO = "zero"
    POSITIVE = "positive"
    AS_WRITTEN = "as_written"
    WHOLE_LIFE = "whole_life"
    ANNUAL = "annual"
    SPLIT = "split"
    ONE = "one"
    IGNORE = "ignore"
    SEPARATE = "separate"
    PAD = "pad"
    CUT = "cut"
    ORGANISATION = "organisation"
    CREATE = "create"
    CONTRACT = "contract"
    FRAMEWORK = "framework"
    CALL_OFF = "call_off"
    GRANT = "grant"
    SLA = "sla"
    INTERNAL_SLA = "internal_sla"
    MEMORANDUM = "memorandum"
    CORRECT = "correct"
    EXTEND = "extend"
    VARY = "vary"
    TAKE_FILE = "take_file"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about a pattern: the first answer stands until another is given."""

    wording: str
    answers: Mapping[Answer, str]

    @property
    def default(self) -> Answer:
        return next(iter(self.answers))


_HOLD = {Answer.HOLD: "Hold these rows"}

QUESTIONS: Mapping[PatternKind, Question] = {
    PatternKind.NO_END: Question(
        "says “{text}” where a date is expected", {**_HOLD, Answer.NO_END: "The contract has no end date"}
    ),
    PatternKind.DAY_OR_MONTH: Question(
        "says “{text}”: a day without its year, or a month",
        {**_HOLD, Answer.MONTH: "It is the month and year", Answer.BLANK: "Leave the date blank"},
    ),
    PatternKind.MONTH_FIRST: Question(
        "could be read with the day or the month first, in a column where some can only be month first",
        {
            **_HOLD,
            Answer.MONTH_FIRST: "The month comes first, all down the column",
            Answer.DAY_FIRST: "The day comes first",
        },
    ),
    PatternKind.ZERO: Question(
        "gives a value of nought",
        {Answer.NOT_KNOWN: "The value is not known", Answer.ZERO: "The value is nought", **_HOLD},
    ),
    PatternKind.NEGATIVE: Question(
        "gives a value below nought",
        {**_HOLD, Answer.POSITIVE: "Take it without the minus sign", Answer.BLANK: "Leave the value blank"},
    ),
    PatternKind.NO_SUM: Question(
        "says “{text}” where a value is expected",
        {**_HOLD, Answer.BLANK: "Leave the value blank and keep the words as a note"},
    ),
    PatternKind.VAT_INCLUDED: Question(
        "gives a value with VAT in it",
        {**_HOLD, Answer.AS_WRITTEN: "Take the value as written", Answer.BLANK: "Leave the value blank"},
    ),
    PatternKind.UNSAID_BASIS: Question(
        "gives a value under a heading that does not say whether it is for the whole contract or for a year",
        {Answer.WHOLE_LIFE: "For the whole contract", Answer.ANNUAL: "For a year", **_HOLD},
    ),
    PatternKind.SEVERAL_NAMES: Question(
        "may name several providers: “{text}”",
        {**_HOLD, Answer.SPLIT: "Several providers", Answer.ONE: "One provider with that name"},
    ),
    PatternKind.NO_NAME: Question(
        "says “{text}” where a provider's name is expected",
        {**_HOLD, Answer.BLANK: "Leave the provider blank and keep the words as a note"},
    ),
    PatternKind.UNKNOWN_FORM: Question(
        "gives the form of agreement as “{text}”",
        {
            **_HOLD,
            Answer.CONTRACT: "Contract",
            Answer.FRAMEWORK: "Framework",
            Answer.CALL_OFF: "Call-off",
            Answer.GRANT: "Grant",
            Answer.SLA: "Service level agreement",
            Answer.INTERNAL_SLA: "Internal service level agreement",
            Answer.MEMORANDUM: "Memorandum",
            Answer.BLANK: "Leave the form blank",
        },
    ),
    PatternKind.UNREADABLE: Question(
        "cannot be understood",
        {Answer.REFUSE: "Refuse these rows, to be mended", Answer.BLANK: "Leave the cell blank and keep its words"},
    ),
    PatternKind.EXTENSION_BEFORE_END: Question(
        "gives an extension date before the end date", {**_HOLD, Answer.IGNORE: "Leave the extension date out"}
    ),
    PatternKind.FAR_END: Question(
        "gives an end more than 30 years ahead, as lists do for contracts without one",
        {Answer.NO_END: "The contract has no end date", Answer.AS_WRITTEN: "Take the date as written", **_HOLD},
    ),
    PatternKind.FAR_EXTENSION: Question(
        "gives an extension date more than 30 years ahead, as lists do where it is not known",
        {
            Answer.NOT_KNOWN: "The latest end is not known: no option is made",
            Answer.AS_WRITTEN: "Take the date as written",
            **_HOLD,
        },
    ),
    PatternKind.EXACT_COPY: Question(
        "repeats an earlier row in every cell", {**_HOLD, Answer.SEPARATE: "They are separate contracts"}
    ),
    PatternKind.SHORT_ROW: Question(
        "has {text} fewer than the headings, so its cells may stand under the wrong ones",
        {**_HOLD, Answer.PAD: "The missing cells are blank ones at the end"},
    ),
    PatternKind.LONG_ROW: Question(
        "has {text} more than the headings, so its cells may stand under the wrong ones",
        {**_HOLD, Answer.CUT: "Leave out what is past the last heading"},
    ),
    PatternKind.NO_UNIT: Question(
        "does not say which directorate or division it belongs to",
        {**_HOLD, Answer.ORGANISATION: "Use the organisation's name"},
    ),
    PatternKind.CHANGED_VALUE: Question(
        "gives another value for a contract that has started",
        {**_HOLD, Answer.CORRECT: "A correction", Answer.EXTEND: "An extension", Answer.VARY: "A variation"},
    ),
    PatternKind.LATER_END: Question(
        "gives a later end for a contract that has started",
        {**_HOLD, Answer.EXTEND: "An extension", Answer.CORRECT: "A correction", Answer.VARY: "A variation"},
    ),
    PatternKind.EDITED_SINCE: Question(
        "changes a field that somebody has edited since",
        {**_HOLD, Answer.TAKE_FILE: "Take the file's", Answer.IGNORE: "Keep the register's"},
    ),
    PatternKind.UNKNOWN_UNIT: Question(
        "names a directorate or division the council does not have: “{text}”",
        {**_HOLD, Answer.CREATE: "Create the directorate"},
    ),
    PatternKind.UNKNOWN_PROVIDER: Question(
        "names a provider the register does not have: “{text}”", {**_HOLD, Answer.CREATE: "Create the provider"}
    ),
}


@dataclass(frozen=True, slots=True, order=True)
class PatternKey:
    """One pattern: the kind of question, the column it was met in, and the words or shape that raised it."""

    kind: PatternKind
    target: Target | None = None
    text: str = ""

    @property
    def codes(self) -> tuple[str, str, str]:
        """How an answers file may name it, closest first."""
        column = f"{self.kind}:{self.target or ''}"
        return f"{column}:{self.text}", column, str(self.kind)

    @property
    def question(self) -> Question:
        return QUESTIONS[self.kind]

    @property
    def wording(self) -> str:
        asked = self.question.wording.replace("{text}", self.text)
        return f"“{LABELS[self.target]}” {asked}" if self.target else f"The row {asked}"


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything a person settled about one file or source."""

    #: By one of a pattern's codes.
    patterns: Mapping[str, Answer] = field(default_factory=dict)
    #: By heading as printed, or by column letter.
    columns: Mapping[str, Target] = field(default_factory=dict)
    #: The directorate or division of every row that names none.
    unit: str = ""
    sheet: str = ""
    header_row: int | None = None

    def given(self, key: PatternKey) -> Answer | None:
        """The answer a person gave, if it is one the question offers."""
        return next((self.patterns[code] for code in key.codes if code in self.patterns), None)

    def settled(self, key: PatternKey) -> Answer:
        """The answer that counts: the person's, else the question's own default."""
        return self.given(key) or key.question.default


def load_answers(text: str) -> Answers:
    """Read an answers file: a JSON object with any of patterns, columns, unit, sheet and header_row."""
    try:
        asked = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refusal(f"The answers file is not JSON: {error}") from error
    if not isinstance(asked, dict):
        raise Refusal('The answers file must hold one object, like {"patterns": {"no_end": "no_end"}}')
    unknown = sorted(set(asked) - {"patterns", "columns", "unit", "sheet", "header_row"})
    if unknown:
        raise Refusal(f"The answers file says “{unknown[0]}”: use patterns, columns, unit, sheet or header_row")
    return Answers(
        patterns={code: _answer(code, word) for code, word in _pairs(asked, "patterns").items()},
        columns={heading: _target(heading, word) for heading, word in _pairs(asked, "columns").items()},
        unit=_text(asked, "unit"),
        sheet=_text(asked, "sheet"),
        header_row=_row(asked),
    )


def dump_answers(answers: Answers) -> str:
    """Write answers so that ``load_answers`` reads them back."""
    said = {
        "patterns": {code: str(answer) for code, answer in answers.patterns.items()},
        "columns": {heading: str(target) for heading, target in answers.columns.items()},
        "unit": answers.unit,
        "sheet": answers.sheet,
        "header_row": answers.header_row,
    }
    return json.dumps({name: value for name, value in said.items() if value}, indent=2, ensure_ascii=False)


def _pairs(asked: Mapping[str, object], name: str) -> Mapping[str, str]:
    found = asked.get(name, {})
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise Refusal(f"In the answers file, “{name}” must be an object whose values are text")
    return found


def _answer(code: str, word: str) -> Answer:
    kind = code.partition(":")[0]
    if kind not in set(PatternKind):
        raise Refusal(f"The answers file answers “{kind}”, which is not asked: use one of {', '.join(PatternKind)}")
    offered = QUESTIONS[PatternKind(kind)].answers
    if fold(word) not in set(offered):
        raise Refusal(f"The answers file answers “{word}” to {code}: use one of {', '.join(offered)}")
    return Answer(fold(word))


def _target(heading: str, word: str) -> Target:
    target = target_named(word)
    if target is None:
        raise Refusal(f"The answers file gives “{heading}” to “{word}”: use one of {', '.join(Target)}")
    return target


def _text(asked: Mapping[str, object], name: str) -> str:
    found = asked.get(name, "")
    if not isinstance(found, str):
        raise Refusal(f"In the answers file, “{name}” must be text")
    return found


def _row(asked: Mapping[str, object]) -> int | None:
    found = asked.get("header_row")
    if found is not None and (not isinstance(found, int) or isinstance(found, bool) or found < 1):
        raise Refusal("In the answers file, “header_row” must be a row number, counted from 1")
    return found
