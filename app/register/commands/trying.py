"""An extension or a variation tried on a contract: what it comes to, and what to think of before it is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.core.rights import Reader
from app.register import modifications, reckoning, settling, terms
from app.register.commands.contract_events import next_option
from app.register.models import Contract, ContractEvent, ExtensionOption
from app.register.queries import contract_life as life
from app.register.queries import contract_record as queries
from app.register.reckoning import Caution, Reckoned


@dataclass(frozen=True)
class Tried:
    """What the answers would come to, and what to think of before saving them."""

    reckoned: Reckoned
    #: Warnings that the change brings; those that stood before are no news.
    warnings: tuple[str, ...] = ()
    #: What is said back before saving.
    said: tuple[str, ...] = ()


def try_event(
    session: Session,
    found: Contract,
    act: Callable[[], ContractEvent],
    reader: Reader,
    today: date,
    *,
    uses_option: bool = True,
) -> Tried:
    """Do it, and say what it came to; whoever asks keeps it or rolls it back."""
    settings = queries.settings_on(session, today)
    parts = queries.parts_of_arrangement(session, found, reader)
    before = reckoning.reckon(found, settings, parts, today=today)
    stood = reckoning.cautions_of(found, before, settings, sum_open=queries.sum_is_open(session, found, reader))
    was, option = settling.term_of(found).current_end_on, next_option(found)
    event = act()
    after = reckoning.reckon(found, settings, reckoning.parts_now(parts, found), today=today)
    sum_open = queries.sum_is_open(session, found, reader)
    now = [
        *reckoning.cautions_of(found, after, settings, uses_option=uses_option, sum_open=sum_open),
        *_doubts(found, event, option if option is not None and option.taken else None, today),
    ]
    changed = life.changed_so_far(found, event)
    said = (modifications.said(changed) if changed.this else "", life.term_changed(found, was))
    return Tried(after, reckoning.news(stood, now), tuple(words for words in said if words))


def _doubts(found: Contract, event: ContractEvent, taken: ExtensionOption | None, today: date) -> list[Caution]:
    """What a person should think of before relying on a ground, or on an option whose notice is late."""
    ends = [one.ends_on for one in settling.moves_of(found) if one.ends_on and one is not event]
    end = ends[-1] if ends else found.awarded_end_on
    doubts = list(
        modifications.doubts(
            event.ground, life.changed_so_far(found, event), found.supply, provider_replaced=bool(event.provider_left)
        )
    )
    if taken is not None:
        late = terms.late_notice(end, settling.option_of(taken), event.notice_given_on, today=today)
        doubts.extend([late] if late else [])
    return [Caution(words, f"{words}.") for words in doubts]
