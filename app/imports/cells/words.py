"""Cells that hold one of a few words: yes and no, fixed or estimated, the form, the process, CPV codes."""

import re
from collections.abc import Mapping

from app.imports.answers import Answer, PatternKind
from app.imports.cells.reading import Asks, Blank, Problem, Reading, Understood, blank_or_none, plain
from app.imports.values import Certainty, Form, Process

YES = frozenset(
    (
        *(
            "yes",
            "y",
            "true",
            "t",
            "1",
            "yes.",
            "x",
            "✓",
            "✔",
            "√",
            "sme",
            "micro",
            "small",
            "medium",
            "small or medium",
        ),
        *("small/medium", "micro sme", "charity", "vcse", "vco", "vcs"),
    )
)
NO = frozenset(
    (
        *("no", "n", "false", "f", "0", "no.", "large", "non-sme", "not sme", "not an sme", "no - large"),
        "large enterprise",
    )
)
YES_NO_CURE = "Write Yes or No, or leave it blank when it is not known"

_CERTAINTIES: Mapping[str, Certainty] = {
    **dict.fromkeys(
        ("fixed", "fixed cost", "fixed price", "fixed sum", "true", "actual", "actual cost", "f", "yes"),
        Certainty.FIXED,
    ),
    **dict.fromkeys(
        (
            "estimated",
            "estimated cost",
            "estimate",
            "est",
            "estimated value",
            "false",
            "e",
            "approximate",
            "approx",
            "no",
        ),
        Certainty.ESTIMATE,
    ),
    **dict.fromkeys(("maximum", "ceiling", "max", "up to", "capped"), Certainty.MAXIMUM),
    **dict.fromkeys(("nominal", "nominal value", "no guaranteed volume"), Certainty.NOMINAL),
}
_FORMS: Mapping[str, Form] = {
    **dict.fromkeys(
        (
            *(
                "contract",
                "single award contract",
                "single award",
                "multiple award contract",
                "multi award contract",
                "other",
            ),
            *(
                "one off contract",
                "one-off contract",
                "purchase order",
                "term contract",
                "service contract",
                "works contract",
            ),
            *(
                "spot contract",
                "block contract",
                "services contract",
                "supplies contract",
                "corporate contract",
                "agreement",
            ),
            *("single supplier contract", "lease", "licence", "concession", "awarded"),
        ),
        Form.CONTRACT,
    ),
    **dict.fromkeys(
        (
            *(
                "framework",
                "framework agreement",
                "framework contract",
                "dynamic purchasing system",
                "dps",
                "approved list",
            ),
            *("multi supplier framework", "single supplier framework", "dynamic market", "select list"),
        ),
        Form.FRAMEWORK,
    ),
    **dict.fromkeys(
        (
            "call-off",
            "call off",
            "call-off contract",
            "call off contract",
            "calloff",
            "mini competition",
            "framework call-off",
            "framework call off",
        ),
        Form.CALL_OFF,
    ),
    **dict.fromkeys(("grant", "grant agreement", "grant funding", "grants"), Form.GRANT),
    **dict.fromkeys(("sla", "service level agreement", "service level agreement (sla)"), Form.SLA),
    **dict.fromkeys(("internal sla", "internal service level agreement"), Form.INTERNAL_SLA),
    **dict.fromkeys(
        ("memorandum", "memorandum of understanding", "mou", "section 75 agreement", "partnership agreement"),
        Form.MEMORANDUM,
    ),
}
_QUOTE = re.compile(r"\b(?:itq|rfq|quot\w+|invitation to quote|competitivequotation\w*)\b")
_NOT_COMPETED = re.compile(
    r"direct|waiver|exempt|single (?:tender|source)|without|negotiatedwithout|singletender|call-?off|calloff"
    r"|not ?specified|not ?applicable"
)
_TENDER = re.compile(
    r"\b(?:itt|pitt|\w*tender\w*|open\w*|restricted\w*|competiti\w+|competed|ojeu|fts|find a tender|mini[- ]competition"
    r"|further competition|negotiated\w*|innovation partnership)\b"
)
_CPV = re.compile(r"(?<![0-9])([0-9]{8})(?:-[0-9])?(?![0-9])")


def read_yes_no(text: str) -> Reading[bool]:
    """Yes, no, or not known: a blank is never a No."""
    written = plain(text)
    if written in YES or written.startswith("yes"):
        return Understood(value=True)
    if written in NO:
        return Understood(value=False)
    return blank_or_none(text) or Problem(text.strip(), YES_NO_CURE)


def read_certainty(text: str) -> Reading[Certainty]:
    found = _CERTAINTIES.get(plain(text))
    if found:
        return Understood(found)
    return blank_or_none(text) or Problem(text.strip(), "Write Fixed, Estimated, Maximum or Nominal, or leave it blank")


def read_form(text: str) -> Reading[Form]:
    written = plain(text)
    found = _FORMS.get(written)
    if found:
        return Understood(found)
    offered = {Answer(form.name.lower()): Understood(form, text.strip()) for form in Form}
    return blank_or_none(text) or Asks(
        PatternKind.UNKNOWN_FORM, written, {**offered, Answer.BLANK: Blank(text.strip())}
    )


def read_process(text: str) -> Reading[Process]:
    """Every process is one of the Transparency Code's two, or another; other words than the Code's stay as a note."""
    written = plain(text)
    nothing = blank_or_none(text)
    if nothing:
        return nothing
    if written in {"other", *Process, "invitation to tender"}:
        return Understood({"other": Process.OTHER, "invitation to quote": Process.QUOTE}.get(written, Process.TENDER))
    if _QUOTE.search(written):
        return Understood(Process.QUOTE, text.strip())
    if _NOT_COMPETED.search(written) or not _TENDER.search(written):
        return Understood(Process.OTHER, text.strip())
    return Understood(Process.TENDER, text.strip())


def read_number(text: str) -> Reading[int]:
    """A whole number, "months" after it or not."""
    written = plain(text).removesuffix("s").removesuffix("month").strip().removesuffix(".0")
    if written.isascii() and written.isdigit() and len(written) <= len("9999"):
        return Understood(int(written))
    return blank_or_none(text) or Problem(text.strip(), "Write a whole number, like 12")


def read_cpv(text: str) -> Reading[tuple[str, ...]]:
    """Every eight-figure code in the cell, its check figure dropped; the first is the main one."""
    found = tuple(dict.fromkeys(_CPV.findall(text)))
    if found:
        return Understood(found)
    written = plain(text).removesuffix(".0")
    if written.isdigit() and len(written) == len("3000000"):
        return Understood((written.zfill(8),))
    return blank_or_none(text) or Problem(text.strip(), "Write the code's eight figures, like 85000000")
