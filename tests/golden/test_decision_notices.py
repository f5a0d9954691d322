"""The words of each kind of notice, byte for byte: what the law asks for, as a council gives it out."""

import os
from datetime import date
from pathlib import Path

import pytest

from app.council.rules import NoticePeriods
from app.decisions.rules.notice_words import words_of
from app.decisions.rules.particulars import NoticeKind, earliest_for, missing
from tests.unit.decisions.saying import WHOLE

FOLDER = Path(__file__).parent / "decision_notices"
PUBLISHED = date(2025, 10, 7)


@pytest.mark.parametrize("kind", NoticeKind)
def test_each_kind_of_notice_reads_as_it_was_agreed(kind: NoticeKind) -> None:
    assert not missing(kind, WHOLE)
    earliest = earliest_for(kind, PUBLISHED, NoticePeriods(), frozenset())
    replaces_on = date(2025, 9, 1) if kind is NoticeKind.KEY_DECISION else None
    text = words_of(kind, WHOLE, published_on=PUBLISHED, earliest=earliest, replaces_on=replaces_on).text
    kept = FOLDER / f"{kind.name.lower().replace('_', '-')}.txt"
    if os.environ.get("GOLDEN") == "write":
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(f"{text}\n", encoding="utf-8")
    assert kept.read_text(encoding="utf-8") == f"{text}\n"
