"""Which contracts an activity covers, and which of them leads. Nothing here commits."""

from collections.abc import Collection, Sequence

from app.core.errors import Refusal
from app.decisions.commands.activities import count_as_edited
from app.decisions.models import Activity, ActivityContract
from app.register.models import Contract


def cover(activity: Activity, chosen: Sequence[Contract]) -> int:
    """Cover these contracts too. The first of all leads, unless the activity is about an arrangement."""
    held = {activity.contract_id, *(one.contract_id for one in activity.also)}
    joining = [one for one in chosen if one.id not in held]
    if not joining:
        raise Refusal("Choose at least one contract that it does not cover yet")
    count_as_edited(activity)
    further = joining
    if activity.contract_id is None and activity.arrangement_id is None:
        activity.contract, *further = joining
    activity.also += [ActivityContract(contract=one) for one in further]
    return len(joining)


def uncover(activity: Activity, contract_ids: Collection[int]) -> int:
    """Cover them no longer; where the one that leads goes, the next one leads."""
    leaving = {activity.contract_id, *(one.contract_id for one in activity.also)} & set(contract_ids)
    if not leaving:
        raise Refusal("Choose at least one contract that it covers")
    count_as_edited(activity)
    activity.also = [one for one in activity.also if one.contract_id not in leaving]
    if activity.contract_id in leaving:
        activity.contract = activity.also.pop(0).contract if activity.also else None
    return len(leaving)


def let_lead(activity: Activity, contract_ids: Collection[int]) -> Contract:
    """The back-plan counts from its end, and the sum approved for extending or varying is carried to it."""
    found = [one for one in activity.also if one.contract_id in contract_ids]
    if len(found) != 1 or activity.arrangement_id is not None:
        raise Refusal("Choose one contract, which does not lead already")
    count_as_edited(activity)
    before, (chosen,) = activity.contract, found
    activity.contract = chosen.contract
    activity.also.remove(chosen)
    if before is not None:
        activity.also.append(ActivityContract(contract=before))
    return chosen.contract
