"""The questions of an import."""

from dataclasses import replace

from flask import Request

from app.core.errors import Refusal
from app.core.forms import FileField, QuestionForm, TickField, needed
from app.core.text import fold
from app.imports.answers import Answer
from app.imports.choices import Choices
from app.imports.targets import Target

ENDINGS = ".csv,.xlsx,.xls,.ods,.txt"


class UploadForm(QuestionForm):
    """Step 1."""

    file = FileField(
        "Which file holds the register?",
        [needed("Choose a file")],
        hint="A CSV, XLSX, XLS or ODS file of up to 20 MB, with one row for each contract and a row of headings",
        accept=ENDINGS,
    )


class SpendFileForm(QuestionForm):
    """A file of payments."""

    file = FileField(
        "Which file holds the payments?",
        [needed("Choose a file")],
        hint="A CSV, XLSX, XLS or ODS file of up to 20 MB, with one row for each payment and a row of headings",
        accept=ENDINGS,
    )


class MineForm(QuestionForm):
    """My contracts, back from a spreadsheet."""

    file = FileField(
        "Which file holds your contracts?",
        [needed("Choose the file you changed")],
        hint="The Excel file you took out, with your changes saved in it",
        accept=".xlsx,.ods",
    )


class UndoForm(QuestionForm):
    """Taking an import back."""

    keep_edited = TickField("Keep the contracts changed since as they are, and undo the rest")


class SendForm(QuestionForm):
    """A button alone, or questions that come with the list."""


def columns_chosen(request: Request, headings: list[tuple[int, str, str]]) -> dict[str, Target]:
    """What the person says each column means, by heading; by its letter where it has none."""
    chosen: dict[str, Target] = {}
    for index, letter, heading in headings:
        word = request.form.get(f"column-{index}", "")
        if word not in set(Target):
            raise Refusal(f"Choose what column {letter} means")
        chosen[heading or letter] = Target(word)
    return chosen


def patterns_chosen(request: Request, questions: list[dict[str, object]]) -> dict[str, Answer]:
    """The answers that are not those that stand anyway, and those given before."""
    chosen: dict[str, Answer] = {}
    for number, question in enumerate(questions):
        word = request.form.get(f"question-{number}", "")
        offered = question["answers"]
        if isinstance(offered, dict) and word in offered and (question["answered"] or word != question["answer"]):
            chosen[str(question["code"])] = Answer(word)
    return chosen


def matches_chosen(
    request: Request, kind: str, unknown: list[dict[str, object]]
) -> tuple[dict[str, str], dict[str, Answer]]:
    """Names matched with records, and names to be made."""
    matches: dict[str, str] = {}
    made: dict[str, Answer] = {}
    for number, one in enumerate(unknown):
        word, key = request.form.get(f"{kind}-{number}", ""), fold(str(one["name"]))
        if word == "create":
            made[f"unknown_{kind}:{kind}:{key}"] = Answer.CREATE
        elif word:
            matches[f"{kind}:{key}"] = word
    return matches, made


def is_changed(old: Choices, new: Choices) -> bool:
    """Whether rows would come out otherwise: what is done with them afterwards changes none."""
    return replace(old, confirm_arrangements=new.confirm_arrangements).dump() != new.dump()
