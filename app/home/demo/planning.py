"""The demonstration's planning round for the year ahead: returns to be made, sent, sent back and signed off."""

from datetime import timedelta

from app.core import audit, clock
from app.core.rights import Grant, Permission, Reader
from app.home.demo.notation import ONE_DAY, Cells, table
from app.home.demo.registering import RECORDED_BY, Loading
from app.plans import commands
from app.plans.commands import Actor, RoundWanted
from app.plans.models import PlanningRound, Return
from app.plans.queries import holdings, returns
from app.plans.queries.gaps import GapsAsked
from app.plans.rules import Answer, Part, ReturnState
from app.register.models import Service

#: Returns fell due so many days ago, after the round had been open for some weeks.
DUE, OPENED = 9, 48
CO_ORDINATOR = "Ruaridh Penstock"
APPROACH = "Policy and Resources Cabinet Committee"
#: A service of the directorate that signed, touched after it did.
TOUCHED_IN = "Resources"


def load_returns(loading: Loading) -> None:
    found = _open(loading)
    made = {(one.directorate.name, one.division.name if one.division else ""): one for one in _every(loading, found)}
    for cells in table("returns"):
        _bring(loading, made[cells["directorate"], cells["division"]], cells)
    for cells in table("return_chases"):
        actor = _actor(loading, cells["by"], "", days_ago=int(cells["days_ago"]))
        chased = made[cells["directorate"], ""]
        state, chased.state = chased.state, ReturnState.TO_BE_MADE  # as it stood then
        commands.chase(loading.session, chased, [cells["whom"]], cells["how"], actor)
        chased.state = state
    _touch(loading)
    audit.act_as(loading.session, audit.Actor(None, RECORDED_BY))


def _every(loading: Loading, found: PlanningRound) -> list[Return]:
    return returns.returns_of(loading.session, found)


def _open(loading: Loading) -> PlanningRound:
    names = [cells["division"] for cells in table("returns") if cells["division"]]
    actor = _actor(loading, CO_ORDINATOR, "", days_ago=OPENED)
    wanted = RoundWanted(
        year=loading.calendar.year + 1,
        returns_due_on=loading.calendar.as_at - DUE * ONE_DAY,
        division_ids=[loading.setup.divisions[name].id for name in names],
        approved_by=APPROACH,
        approved_on=loading.calendar.as_at - (OPENED + 6) * ONE_DAY,
        note="Social value is new this year: say what the directorate commits to, and who signs it.",
    )
    return commands.open_round(loading.session, wanted, actor)


def _actor(loading: Loading, name: str, post: str, *, days_ago: int = 0) -> Actor:
    audit.act_as(loading.session, audit.Actor(None, name))
    reader = Reader(None, name, grants=(Grant(frozenset({Permission.READ}), exempt=True),), post=post or None)
    long_ago = timedelta(days=days_ago)
    return Actor(reader, loading.calendar.as_at - days_ago * ONE_DAY, loading.now - long_ago)


def _bring(loading: Loading, made: Return, cells: Cells) -> None:
    """Take a return as far as the table says."""
    wanted = ReturnState(cells["state"])
    maker = _actor(loading, cells["made_by"], "", days_ago=int(cells["days_ago"]))
    notes = dict(note.split(":", 1) for note in cells["notes"].split(";") if note)
    asked = GapsAsked(maker.reader, maker.today, made.round.plan_year)
    held = holdings.holdings_of(loading.session, asked, returns.whose(made), made.path)
    for part in list(Part)[: int(cells["answered"])]:
        answer = Answer.COMPLETE if held[part].number else Answer.NIL
        commands.answer_part(loading.session, made, part, answer, notes.get(str(part.annex)), held[part], maker)
    loading.session.flush()
    if wanted is not ReturnState.TO_BE_MADE:
        commands.send(loading.session, made, cells["despite"] or None, maker)
    director = cells["director"], cells["post"]
    if wanted is ReturnState.SENT_BACK:
        _actor(loading, *director)
        commands.send_back(loading.session, made, cells["reason"])
    if wanted is ReturnState.SIGNED_OFF:
        reader = _actor(loading, *director).reader
        commands.sign_off(loading.session, made, Actor(reader, loading.calendar.as_at, clock.now()))


def _touch(loading: Loading) -> None:
    """Somebody changes a service of a directorate that has signed."""
    _actor(loading, "Anwen Gallowmoor", "")
    services = loading.register.services.values()
    directorate_id = loading.setup.directorates[TOUCHED_IN].id
    found: Service = next(one for one in services if one.directorate_id == directorate_id)
    found.head_post = f"Acting {found.head_post or 'head of service'}"
    loading.session.flush()
