"""The annexes of a small fixed council, from the database to the file, against the files kept beside this one."""

import pytest
from sqlalchemy.orm import Session

from app.annexes.queries.scope import Scope
from app.annexes.queries.sets import material
from app.council.models import Directorate
from reports.csv import to_csv
from reports.docx import to_docx
from reports.values import Edition
from reports.xlsx import to_xlsx
from tests.golden.test_annexes import kept, word_text, workbook_text
from tests.integration.annexes.wealdshire import AS_AT, TODAY, YEAR, Wealdshire, a_wealdshire


@pytest.fixture
def council(session: Session) -> Wealdshire:
    return a_wealdshire(session)


@pytest.mark.parametrize("edition", Edition)
def test_a_fixed_council_prints_the_same_annexes_on_both_databases(
    session: Session, council: Wealdshire, edition: Edition
) -> None:
    found = material(Scope(session, YEAR, AS_AT, TODAY, edition))
    every: tuple[Directorate | None, ...] = (council.adults, council.roads, None)
    for directorate in every:
        name = f"wealdshire-{directorate.slug if directorate else 'whole-council'}-{edition}"
        annexes = found.of(directorate)
        kept(f"{name}-workbook.txt", workbook_text(to_xlsx(annexes)).encode())
        kept(f"{name}-word.txt", word_text(to_docx(annexes)).encode())
        for number, file in to_csv(annexes).items():
            kept(f"{name}-annex-{number}.csv", file)
