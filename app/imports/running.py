"""An import from the file to done: read, gone through, stored. Long steps; pages queue them, the command line waits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import audit, clock
from app.core.audit import Actor
from app.core.errors import Refusal
from app.core.files import path_of, store_file
from app.core.jobs import keep_so_far
from app.core.text import fold, words
from app.imports.applying import Occasion, apply_plan
from app.imports.arranging import confirm_alike
from app.imports.choices import Choices
from app.imports.found import FoundList, fold_heading
from app.imports.headings import find_list, refuse_unusable
from app.imports.known import Known, load_known
from app.imports.models import ImportRun, ImportSource, RunState
from app.imports.planning import Planner
from app.imports.plans import Plan
from app.imports.profiling import profile
from app.imports.reading import read
from app.imports.staging import stage_rows
from app.imports.summaries import summary_of
from app.imports.targets import LABELS, Target
from app.imports.unchanged import standing_cells
from app.imports.understanding import understand
from app.imports.workbook import Workbook

#: Says how far an import has come, in per cent.
Tell = Callable[[int], None]
READ, UNDERSTOOD, PLANNED, KEPT = 20, 50, 80, 100


@dataclass(frozen=True)
class Looked:
    """A list read and held against the register; nothing is stored yet."""

    found: FoundList
    plan: Plan
    planner: Planner
    warnings: tuple[str, ...]


def open_file(path: Path, name: str) -> Workbook:
    return read(path, name=name)


def look(
    session: Session,
    workbook: Workbook,
    choices: Choices,
    *,
    today: date,
    source: ImportSource | None = None,
    tell: Tell = lambda _: None,
) -> Looked:
    """Go through the whole list as it would be stored now."""
    choices = choices.over(source.answers, source.mapping) if source else choices
    found = find_list(workbook, choices.answers)
    refuse_unusable(found, workbook.name)
    understanding = understand(found, choices.answers, standing_cells(session, found, today))
    tell(UNDERSTOOD)
    with session.no_autoflush:
        known: Known = load_known(session, source.id if source else None, understanding.rows)
        planner = Planner(known, choices, today, found.sheet, keeps_posts=_says_posts(found))
        plan = planner.plan(understanding)
    tell(PLANNED)
    return Looked(found, plan, planner, (*workbook.warnings, *found.warnings))


def _says_posts(found: FoundList) -> bool:
    """Only the register's own heading asks for a post; other lists name people there."""
    return any(fold(column.heading) == fold(LABELS[Target.MANAGER_POST]) for column in found.columns)


def source_for(session: Session, name: str, headings: tuple[str, ...]) -> ImportSource | None:
    """The source that sent a file with these headings before, else the one of this name."""
    wanted = set(heading_keys(headings))
    sources = list(session.scalars(select(ImportSource).order_by(ImportSource.id)))
    same = [source for source in sources if source.mapping and set(source.mapping) == wanted]
    named = [source for source in sources if source.name == name]
    return next(iter((*(one for one in same if one in named), *same, *named)), None)


def heading_keys(headings: tuple[str, ...]) -> list[str]:
    return [key for heading in headings if (key := fold_heading(heading))]


def source_name(filename: str) -> str:
    """A file's name without its ending and dates: "Register Q2 2016-17.xlsx" is "register"."""
    said = [word for word in words(Path(filename).stem) if not any(letter.isdigit() for letter in word)]
    return (" ".join(said) or Path(filename).stem or filename)[:300]


def keep_mapping(source: ImportSource, found: FoundList) -> None:
    """What each heading was taken to mean is kept for the next file of the source."""
    kept = {fold_heading(column.heading): str(column.target) for column in found.columns if column.heading}
    if source.mapping != kept:
        source.mapping = kept


def begin(
    session: Session, folder: Path, filename: str, content: bytes, *, by: Actor, choices: Choices, state: RunState
) -> ImportRun:
    """Keep the raw file and open a run for it. Its source is settled once its headings are read."""
    stored = store_file(session, folder, filename, content, by=by.name)
    source = source_named(session, source_name(filename))
    run = ImportRun(
        source=source,
        filename=filename[:300],
        file_hash=stored.sha256,
        state=state,
        started_at=clock.now(),
        beat_at=clock.now(),
        started_by=by.name,
        started_by_id=by.id,
        choices=choices.dump(),
        counts={},
        found={},
        kind="contracts",
        progress=0,
    )
    session.add(run)
    session.flush()
    return run


def source_named(session: Session, name: str) -> ImportSource:
    found = session.scalar(select(ImportSource).where(ImportSource.name == name))
    if found is None:
        found = ImportSource(name=name, mapping={}, answers={})
        session.add(found)
        session.flush()
    return found


def workbook_of(run: ImportRun, folder: Path) -> Workbook:
    return open_file(path_of(folder, run.file_hash), run.filename)


# The steps, each of which commits what it keeps.


def read_columns(session: Session, run: ImportRun, folder: Path) -> None:
    """Step 2: find the list and say what its columns mean."""
    workbook = workbook_of(run, folder)
    choices = Choices.load(run.choices)
    found = find_list(workbook, choices.answers)
    source = source_for(session, run.source.name, found.headings) or run.source
    run.source = source
    answers = choices.over(source.answers, source.mapping).answers
    found = find_list(workbook, answers)
    run.found = summary_of(found, workbook, profiles=profile(found))
    _go_on(run, RunState.MAPPING)
    keep_so_far(session)


def go_through(session: Session, run: ImportRun, folder: Path, *, today: date) -> Looked:
    """Step 3: every row held against the register and kept, nothing of the register touched."""
    tell = _teller(session, run)
    workbook = workbook_of(run, folder)
    tell(READ)
    looked = look(session, workbook, Choices.load(run.choices), today=today, source=run.source, tell=tell)
    keep_looked(session, run, looked, workbook)
    return looked


def keep_looked(session: Session, run: ImportRun, looked: Looked, workbook: Workbook) -> None:
    keep_mapping(run.source, looked.found)
    run.found = summary_of(looked.found, workbook, looked.plan, looked.planner)
    run.counts = dict(looked.plan.sums.lines)
    keep_so_far(session)
    stage_rows(session, run, looked.plan, looked.found.sheet)
    _go_on(run, RunState.CHECKING)
    run.progress = KEPT
    keep_so_far(session)


def store(session: Session, run: ImportRun, looked: Looked, *, by: Actor, today: date) -> None:
    """Step 4: the one short transaction in which the register changes. Killed within it, nothing has."""
    session.refresh(run, with_for_update=True)
    if run.state is not RunState.APPLYING:
        raise Refusal("This import has been stored or given up meanwhile")
    audit.act_as(session, by, reason=f"Import of {run.filename}")
    occasion = Occasion(run, by.name, clock.now(), today, looked.found.sheet)
    apply_plan(session, looked.plan, looked.planner.resolver, occasion)
    if looked.planner.choices.confirm_arrangements:
        run.found = {**run.found, "arrangements_made": confirm_alike(session, looked.plan)}
    run.act = str(session.info[audit.ACTION])
    run.counts = dict(looked.plan.sums.lines)
    run.applied_at = occasion.now
    run.found = {**run.found, "gone": looked.plan.gone}
    _go_on(run, RunState.DONE)
    keep_so_far(session)


def _go_on(run: ImportRun, state: RunState) -> None:
    run.state, run.beat_at, run.problem = state, clock.now(), None


def _teller(session: Session, run: ImportRun) -> Tell:
    def tell(per_cent: int) -> None:
        run.progress, run.beat_at = per_cent, clock.now()
        keep_so_far(session)

    return tell


def keep_answers(source: ImportSource, choices: Choices) -> None:
    """What was answered is kept for the next file of the source."""
    answers: Mapping[str, str] = {code: str(answer) for code, answer in choices.answers.patterns.items()}
    units = {name: place for name, place in choices.matches.items() if name.startswith("unit:")}
    source.answers = {**source.answers, **answers, **units}
