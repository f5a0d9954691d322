"""What a row would change in a contract the register has, and which of it a person must decide first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from app.core.dates import day
from app.imports.answers import Answer, PatternKey, PatternKind
from app.imports.bringing import FIELDS
from app.imports.brought import Brought, Resolved, span
from app.imports.choices import Choices
from app.imports.plans import FieldChange
from app.imports.rows import ContractRow
from app.imports.targets import LABELS, Target
from app.register.models import Contract, ContractStage

_VALUES = frozenset({Target.VALUE.value, Target.ANNUAL_VALUE.value})
_END = Target.CURRENT_END_ON.value


class Asker(Protocol):
    """Who compares: the choices made, and the day it is."""

    choices: Choices
    today: date


@dataclass
class Comparison:
    """What a row changes, what it leaves to be asked, and what is kept as it is."""

    changes: tuple[FieldChange, ...] = ()
    asked: list[tuple[PatternKey, FieldChange]] = field(default_factory=list)
    held_by: list[PatternKey] = field(default_factory=list)
    #: Changes that wait for an answer.
    waiting: list[FieldChange] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    #: What would not hold together, with what would work.
    waits: list[str] = field(default_factory=list)


def compare(
    contract: Contract,
    row: ContractRow,
    resolved: Resolved,
    brought: Mapping[str, str],
    before: Mapping[str, str] | None,
    asker: Asker,
) -> Comparison:
    """``before`` is what the source brought last time; None where the row names the contract by its Register id."""
    found = Comparison()
    changes = list(_changes(contract, row, resolved, brought, before))
    for change in changes:
        decided = _decided(contract, change, before, found, asker)
        if decided is not None:
            found.changes = (*found.changes, decided)
    found.waits += _out_of_order(contract, row)
    if before is None and any(change.name == Target.OPTIONS.value for change in changes) and _is_extended(contract):
        found.waits.append("Extension options: some are taken up or lapsed; change the others on the contract's page")
    return found


def _out_of_order(contract: Contract, row: ContractRow) -> Iterator[str]:
    """An end that the row gives, held against the start the contract has."""
    start, end = row.starts_on or contract.starts_on, row.current_end_on or contract.current_end_on
    if (row.starts_on or row.current_end_on) and start and end and end < start:
        yield f"The end, {day(end)}, is before the start, {day(start)}: give an end on or after it"


def _is_extended(contract: Contract) -> bool:
    return bool(contract.events) or any(option.taken or option.lapsed for option in contract.options)


def _changes(
    contract: Contract,
    row: ContractRow,
    resolved: Resolved,
    brought: Mapping[str, str],
    before: Mapping[str, str] | None,
) -> Iterator[FieldChange]:
    for one in FIELDS:
        new = brought.get(one.name)
        if new is None:
            continue
        old = one.of_contract(contract)
        if new != old and not _says_the_same(contract, row, resolved, one, new, old, before):
            yield FieldChange(one.name, one.target, old, new)


def _says_the_same(
    contract: Contract,
    row: ContractRow,
    resolved: Resolved,
    one: Brought,
    new: str,
    old: str,
    before: Mapping[str, str] | None,
) -> bool:
    """Whether the field, though written otherwise, brings nothing new."""
    match one.name:
        case Target.VALUE.value:
            return new == span(contract.awarded_low, contract.awarded_high)
        case Target.UNIT.value:
            return _unit_stands(contract, resolved, new, old)
        case Target.PROVIDER.value:
            return before is not None and set(new.split("|")) <= set(old.split("|"))
        case Target.NOTE.value:
            return all(line in old for line in new.splitlines())
        case Target.OPTIONS.value:
            return _options_stand(contract, row, new, before)
        case _:
            return False


def _unit_stands(contract: Contract, resolved: Resolved, new: str, old: str) -> bool:
    """A lead service gives the unit; and a list that names a directorate alone does not take the division away."""
    if contract.lead_service_id is not None and resolved.lead_service is None:
        return True
    return resolved.division is None and old.partition("/")[0] == new


def _options_stand(contract: Contract, row: ContractRow, new: str, before: Mapping[str, str] | None) -> bool:
    """Options already recorded, with their sums and notice, say more than a list can: only new ones are taken in."""
    if before is None:
        return _only_values_left_out(contract, row)
    if before.get("options") == new or _is_extended(contract):
        return True
    reaches_as_far = row.latest_end_on is not None and row.latest_end_on == contract.latest_end_on
    return bool(contract.options) and reaches_as_far


def _only_values_left_out(contract: Contract, row: ContractRow) -> bool:
    """A reader who may not see the sums has them left out of the file; nothing is erased for that."""
    old = sorted(contract.options, key=lambda one: one.position)
    said = [(one.months, one.ends_on, one.notice_months, one.taken, one.lapsed, one.value) for one in row.options]
    held = [
        (one.months, one.ends_on, one.notice_months, one.taken, one.lapsed, new[-1] and one.value)
        for one, new in zip(old, said, strict=False)
    ]
    return len(old) == len(said) and held == said


def _decided(
    contract: Contract, change: FieldChange, before: Mapping[str, str] | None, found: Comparison, asker: Asker
) -> FieldChange | None:
    if _is_edited(change, before):
        answer = _ask(PatternKind.EDITED_SINCE, change, found, asker)
        if answer is Answer.IGNORE:
            found.remarks.append(f"{LABELS[change.target]}: the register's “{change.old}” is kept")
        if answer is not Answer.TAKE_FILE:
            return None
    kind = _asked_of(contract, change, asker.today)
    if kind is None:
        return change
    answer = _ask(kind, change, found, asker)
    return None if answer is Answer.HOLD else FieldChange(change.name, change.target, change.old, change.new, answer)


def _is_edited(change: FieldChange, before: Mapping[str, str] | None) -> bool:
    """A person has changed the field since this source last brought it."""
    return before is not None and change.old != before.get(change.name, "")


def _asked_of(contract: Contract, change: FieldChange, today: date) -> PatternKind | None:
    """A changed value or a later end on a started contract is a correction, an extension or a variation: which?"""
    started = contract.stage is not ContractStage.PLANNED and (
        contract.starts_on is None or contract.starts_on <= today
    )
    if not started or not change.old:
        return None
    if change.name in _VALUES:
        return PatternKind.CHANGED_VALUE
    return PatternKind.LATER_END if change.name == _END and change.new > change.old else None


def _ask(kind: PatternKind, change: FieldChange, found: Comparison, asker: Asker) -> Answer:
    key = PatternKey(kind, change.target)
    answer = asker.choices.answers.settled(key)
    found.asked.append((key, change))
    if answer is Answer.HOLD:
        found.held_by.append(key)
        found.waiting.append(change)
    return answer
