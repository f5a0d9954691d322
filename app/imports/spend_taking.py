"""A spend file taken in: held against the register, stored in one transaction, undone. Never commits."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import audit, clock
from app.core.audit import Actor
from app.core.errors import Refusal
from app.core.files import path_of, store_file
from app.core.rights import Reader
from app.core.text import fold
from app.imports.models import SpendImport
from app.imports.running import open_file
from app.imports.spend_cells import SpendFile, payments_in
from app.imports.spend_sums import CURES, ContractYear, Figure, Placed, SpendSums, months_of, place, sums_of, years_of
from app.register.commands.spend import touch
from app.register.models import Contract, ContractSpend, ContractSpendMonth
from app.register.visibility import may_see, may_see_amounts

AT_ONCE = 500


@dataclass(frozen=True)
class YearChange:
    """One contract's figure for one year, before and after."""

    contract: Contract
    year: int
    old: Figure | None
    new: Figure
    #: The months of the year that the file tells, with what they came to before.
    months: Mapping[date, tuple[Figure | None, Figure]]

    @property
    def changes(self) -> bool:
        return self.old != self.new or any(was != now for was, now in self.months.values())


@dataclass(frozen=True)
class SpendLooked:
    """A spend file held against the register; nothing is stored yet."""

    file: SpendFile
    placed: Sequence[Placed]
    sums: SpendSums
    years: Sequence[YearChange]


def read_spend(path: Path, name: str) -> SpendFile:
    return payments_in(open_file(path, name))


def begin(session: Session, folder: Path, filename: str, content: bytes, *, by: Actor) -> SpendImport:
    """Keep the raw file and open an import of it."""
    stored = store_file(session, folder, filename, content, by=by.name)
    opened = SpendImport(
        filename=filename[:300],
        file_hash=stored.sha256,
        started_at=clock.now(),
        started_by=by.name,
        over_entered=False,
        counts={},
        changes=[],
    )
    session.add(opened)
    session.flush()
    return opened


def file_of(opened: SpendImport, folder: Path) -> SpendFile:
    return read_spend(path_of(folder, opened.file_hash), opened.filename)


# Holding it against the register


def look(session: Session, file: SpendFile, *, over_entered: bool, today: date) -> SpendLooked:
    """Where every payment would go, and what each contract's years would come to."""
    known, contracts = _contracts(session, {fold(one.reference) for one in file.payments if one.reference})
    figures = _figures(session, contracts)
    entered = set() if over_entered else {key for key, row in figures.items() if _is_entered(row)}
    placed = place(file.payments, known, entered, today=today)
    told = months_of(placed)
    stored = _months(session, told)
    years = [
        change
        for contract_id, months in told.items()
        for change in _changes(contracts[contract_id], months, stored[contract_id], figures)
    ]
    years.sort(key=lambda one: (one.contract.title_key, one.contract.id, one.year))
    return SpendLooked(file, placed, sums_of(placed), years)


def _is_entered(row: ContractSpend) -> bool:
    return row.withdrawn_at is None and not row.from_file


def _contracts(session: Session, keys: set[str]) -> tuple[dict[str, list[int]], dict[int, Contract]]:
    known: defaultdict[str, list[int]] = defaultdict(list)
    contracts: dict[int, Contract] = {}
    for some in batched_by(sorted(keys)):
        which = (Contract.reference_key.in_(some), Contract.withdrawn_at.is_(None))
        for one in session.scalars(select(Contract).where(*which).order_by(Contract.id)):
            known[one.reference_key or ""].append(one.id)
            contracts[one.id] = one
    return dict(known), contracts


def _figures(session: Session, contract_ids: Iterable[int]) -> dict[ContractYear, ContractSpend]:
    found: dict[ContractYear, ContractSpend] = {}
    for some in batched_by(sorted(contract_ids)):
        rows = select(ContractSpend).where(ContractSpend.contract_id.in_(some)).order_by(ContractSpend.id)
        found.update({(row.contract_id, row.year): row for row in session.scalars(rows)})
    return found


def _months(session: Session, contract_ids: Iterable[int]) -> defaultdict[int, dict[date, Figure]]:
    found: defaultdict[int, dict[date, Figure]] = defaultdict(dict)
    for some in batched_by(sorted(contract_ids)):
        rows = select(ContractSpendMonth).where(ContractSpendMonth.contract_id.in_(some))
        for row in session.scalars(rows.order_by(ContractSpendMonth.id)):
            found[row.contract_id][row.month] = Figure(row.amount, row.to_on)
    return found


def _changes(
    contract: Contract,
    told: Mapping[date, Figure],
    stored: Mapping[date, Figure],
    figures: Mapping[ContractYear, ContractSpend],
) -> Iterable[YearChange]:
    """The file's months take the place of the same months before; the others of the year still count."""
    after, of_file = years_of({**stored, **told}), years_of(told)
    for year in of_file:
        row = figures.get((contract.id, year))
        old = Figure(row.amount, row.to_on) if row is not None and row.withdrawn_at is None else None
        months = {
            month: (stored.get(month), figure) for month, figure in told.items() if year in years_of({month: figure})
        }
        yield YearChange(contract, year, old, after[year], months)


def hidden_from(session: Session, reader: Reader, placed: Iterable[Placed], today: date) -> set[int | None]:
    """The contracts of these payments whose amounts, or whose very row, the reader may not see."""
    ids = sorted({one.contract_id for one in placed if one.contract_id is not None})
    found = (one for some in batched_by(ids) for one in session.scalars(select(Contract).where(Contract.id.in_(some))))
    return {one.id for one in found if not (may_see(reader, one, today) and may_see_amounts(reader, one))}


def held_rows(looked: SpendLooked, hidden: Collection[int | None]) -> tuple[list[str], list[list[str | int]]]:
    """Headings and rows of what was held or repeated; payments under hidden contracts are left out."""
    width = len(looked.file.headings)
    rows: list[list[str | int]] = []
    for one in looked.placed:
        if one.is_matched or (one.contract_id is not None and one.contract_id in hidden):
            continue
        what = f"held, {one.held}" if one.held else f"repeats row {one.repeats}"
        cure = CURES[one.held] if one.held else "Nothing, if it is one payment; else tell the two apart"
        rows.append([one.payment.number, what, cure, *(*one.payment.cells, *("",) * width)[:width]])
    return ["Row", "What became of it", "What would do", *looked.file.headings], rows


def batched_by(values: Sequence[Any]) -> Iterable[Sequence[Any]]:  # Any: ids and references alike
    return (values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE))


# Storing and undoing


def store(session: Session, opened: SpendImport, looked: SpendLooked, *, by: Actor, now: datetime) -> None:
    """Write what changes, and keep what stood there before."""
    if opened.applied_at is not None:
        raise Refusal("This spend file has been taken in already")
    audit.act_as(session, by, reason=f"Spend file {opened.filename}")
    changing = [one for one in looked.years if one.changes]
    figures = _figures(session, {one.contract.id for one in changing})
    kept = [_write(session, opened, one, figures) for one in changing]
    for contract in {one.contract.id: one.contract for one in changing}.values():
        touch(contract)
    opened.changes, opened.applied_at = kept, now
    opened.counts = counts_of(looked)
    session.flush()


def counts_of(looked: SpendLooked) -> dict[str, str]:
    """The account, with what became of each contract's years."""
    years = {
        "years added": sum(one.old is None for one in looked.years),
        "years changed": sum(one.changes and one.old is not None for one in looked.years),
        "years unchanged": sum(not one.changes for one in looked.years),
    }
    return {**dict(looked.sums.lines), **{name: str(number) for name, number in years.items()}}


def _write(
    session: Session, opened: SpendImport, change: YearChange, figures: Mapping[ContractYear, ContractSpend]
) -> dict[str, Any]:
    row = figures.get((change.contract.id, change.year))
    before = _kept(row) if row is not None else None
    if row is None:
        row = ContractSpend(contract_id=change.contract.id, year=change.year)
        session.add(row)
    row.amount, row.to_on, row.from_file = change.new.amount, change.new.to_on, True
    row.source, row.note = opened.filename, None
    row.withdrawn_at = row.withdrawn_reason = None
    for month, (_, figure) in change.months.items():
        _set_month(session, change.contract.id, month, figure)
    return {
        "contract_id": change.contract.id,
        "year": change.year,
        "before": before,
        "after": _said(change.new),
        "months": [[month.isoformat(), _said(old), _said(new)] for month, (old, new) in change.months.items()],
    }


def _kept(row: ContractSpend) -> dict[str, Any]:
    return {
        "figure": _said(Figure(row.amount, row.to_on)),
        "source": row.source,
        "note": row.note,
        "from_file": row.from_file,
        "withdrawn_at": row.withdrawn_at.isoformat() if row.withdrawn_at else None,
        "withdrawn_reason": row.withdrawn_reason,
    }


def _said(figure: Figure | None) -> list[str] | None:
    return [str(figure.amount), figure.to_on.isoformat()] if figure is not None else None


def _read(said: Sequence[str] | None) -> Figure | None:
    return Figure(Decimal(said[0]), date.fromisoformat(said[1])) if said else None


def stored_changes(session: Session, opened: SpendImport) -> list[YearChange]:
    """What an import that was taken in changed, as it was then."""
    ids = sorted({int(one["contract_id"]) for one in opened.changes})
    found = (one for some in batched_by(ids) for one in session.scalars(select(Contract).where(Contract.id.in_(some))))
    contracts = {one.id: one for one in found}
    return [
        YearChange(contracts[int(one["contract_id"])], int(one["year"]), _before(one), after, {})
        for one in opened.changes
        if (after := _read(one["after"])) is not None
    ]


def _before(one: Mapping[str, Any]) -> Figure | None:
    before = one["before"]
    return _read(before["figure"]) if before and not before["withdrawn_at"] else None


def _set_month(session: Session, contract_id: int, month: date, figure: Figure | None) -> None:
    which = (ContractSpendMonth.contract_id == contract_id, ContractSpendMonth.month == month)
    row = session.scalar(select(ContractSpendMonth).where(*which))
    if figure is None:
        if row is not None:
            session.delete(row)
        return
    if row is None:
        row = ContractSpendMonth(contract_id=contract_id, month=month)
        session.add(row)
    row.amount, row.to_on = figure.amount, figure.to_on


@dataclass(frozen=True)
class SpendUndone:
    """How many figures were put back, and how many a person or a later file has changed since."""

    put_back: int
    kept: int


def undo(session: Session, opened: SpendImport, *, by: Actor, now: datetime) -> SpendUndone:
    """Put every figure back that still says what the file brought; leave those changed since."""
    if opened.applied_at is None or opened.undone_at is not None:
        raise Refusal("Only a spend file that has been taken in can be undone")
    audit.act_as(session, by, reason=f"Spend file {opened.filename} undone")
    figures = _figures(session, {int(one["contract_id"]) for one in opened.changes})
    mine = [one for one in opened.changes if _stands(one, figures)]
    for one in mine:
        _put_back(session, opened, one, figures[int(one["contract_id"]), int(one["year"])], now)
    for contract_id in sorted({int(one["contract_id"]) for one in mine}):
        touch(session.get_one(Contract, contract_id))
    opened.undone_at = now
    session.flush()
    return SpendUndone(len(mine), len(opened.changes) - len(mine))


def _stands(one: Mapping[str, Any], figures: Mapping[ContractYear, ContractSpend]) -> bool:
    row = figures.get((int(one["contract_id"]), int(one["year"])))
    if row is None or row.withdrawn_at is not None or not row.from_file:
        return False
    return Figure(row.amount, row.to_on) == _read(one["after"])


def _put_back(session: Session, opened: SpendImport, one: Mapping[str, Any], row: ContractSpend, now: datetime) -> None:
    for month, old, _new in one["months"]:
        _set_month(session, row.contract_id, date.fromisoformat(month), _read(old))
    before = one["before"]
    if before is None:
        row.withdrawn_at, row.withdrawn_reason = now, f"The spend file {opened.filename} was undone"[:1000]
        return
    figure = _read(before["figure"])
    assert figure is not None  # noqa: S101 - a figure that stood there was kept whole
    row.amount, row.to_on, row.from_file = figure.amount, figure.to_on, before["from_file"]
    row.source, row.note = before["source"], before["note"]
    row.withdrawn_at = datetime.fromisoformat(before["withdrawn_at"]) if before["withdrawn_at"] else None
    row.withdrawn_reason = before["withdrawn_reason"]
