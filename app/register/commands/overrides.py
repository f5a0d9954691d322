"""A person's word against a signal: set it, end it earlier than it said."""

from sqlalchemy.orm import Session

from app.core.audit import give_reason
from app.core.errors import Refusal
from app.register.commands.contracts import Editor, finish
from app.register.models import Contract, SignalOverride
from app.register.reckoning import overrides_in_force
from app.register.signals import Override, SignalKind, check_override


def set_override(session: Session, contract: Contract, wanted: Override, *, editor: Editor) -> SignalOverride:
    """Let a signal read otherwise for a time. One that counts already is ended by the new one."""
    check_override(wanted, today=editor.today)
    give_reason(session, wanted.reason)
    before = overrides_in_force(contract, editor.today).get(wanted.kind)
    if before is not None:
        _end(before, "Another override was set in its place", editor)
    stored = SignalOverride(
        contract_id=contract.id,
        kind=wanted.kind,
        level=wanted.level,
        reason=wanted.reason,
        by=wanted.by,
        until_on=wanted.until_on,
        set_at=editor.now,
    )
    contract.overrides.append(stored)
    _count_as_edit(session, contract)
    return stored


def end_override(session: Session, contract: Contract, kind: SignalKind, reason: str, *, editor: Editor) -> None:
    """End it before its day: the signal reads as it is worked out again."""
    found = overrides_in_force(contract, editor.today).get(kind)
    if found is None:
        raise Refusal("No override of that signal counts today", field="kind")
    give_reason(session, reason)
    _end(found, reason, editor)
    _count_as_edit(session, contract)


def _end(stored: SignalOverride, reason: str, editor: Editor) -> None:
    stored.ended_at, stored.ended_by, stored.ended_reason = editor.now, editor.name, reason


def _count_as_edit(session: Session, contract: Contract) -> None:
    """An override is part of the contract's record: its version moves with it."""
    session.flush()
    finish(session, contract, touched=True)
