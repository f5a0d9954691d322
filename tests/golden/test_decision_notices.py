"""The words of each kind of notice, byte for byte: what the law asks for, as a council gives it out."""

import os
from datetime import date
from pathlib import Path

import pytest

from app.council.rules import NoticePeriods
from app.decisions.rules.notice_words import words_of
from app.decisions.rules.particulars import (
    OTHER_DOCUMENTS,
    AgreedAs,
    NoticeKind,
    Particulars,
    earliest_for,
    missing,
)
from app.decisions.rules.timing import Timing

FOLDER = Path(__file__).parent / "decision_notices"
PUBLISHED = date(2025, 10, 7)
SAID = Particulars(
    council="Wold Council",
    title="Home care from 2028",
    reference="25/00083",
    grounds=("expenditure over the threshold (more than £1,000,000)",),
    taker="Cabinet",
    taker_is_body=True,
    members=("Councillor A. Reed, Leader", "Councillor B. Moss"),
    when=Timing.not_before(date(2025, 11, 5)),
    restriction="part exempt",
    is_restricted=True,
    restriction_ground="Schedule 12A, paragraph 3",
    matter="Whether to let home care again, in eight areas.\n\nThe present agreements end in March 2028.",
    documents="Report of the Director of Adults\nEquality analysis",
    address="County Hall, Wold, WD1 1AA",
    other_documents=OTHER_DOCUMENTS,
    how_to_ask="Write to democracy@wold.example",
    reasons="The provider has given notice, and care cannot stop.",
    representations="A resident asked that the meeting be open.",
    answer="Bids would be told: the ground for exemption stands.",
    chair_informed="Councillor C. Fenn, chair of the Scrutiny Committee,",
    chair_informed_on=PUBLISHED,
    agreed_by="Councillor C. Fenn",
    agreed_as=AgreedAs.SCRUTINY_CHAIR,
    agreed_on=PUBLISHED,
    meeting_on=date(2025, 11, 10),
)


@pytest.mark.parametrize("kind", NoticeKind)
def test_each_kind_of_notice_reads_as_it_was_agreed(kind: NoticeKind) -> None:
    assert not missing(kind, SAID)
    earliest = earliest_for(kind, PUBLISHED, NoticePeriods(), frozenset())
    replaces_on = date(2025, 9, 1) if kind is NoticeKind.KEY_DECISION else None
    text = words_of(kind, SAID, published_on=PUBLISHED, earliest=earliest, replaces_on=replaces_on).text
    kept = FOLDER / f"{kind.name.lower().replace('_', '-')}.txt"
    if os.environ.get("GOLDEN") == "write":
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(f"{text}\n", encoding="utf-8")
    assert kept.read_text(encoding="utf-8") == f"{text}\n"
