"""The history's words: columns of a contract, and of what hangs on it, as people know them."""

from collections.abc import Mapping

from app.register.fields import FIELDS

_BY_COLUMN = {one.column: one for one in FIELDS if one.column}

#: Columns no field names alone: by table, then column. The second says whether it is an amount.
_COLUMNS: Mapping[str, tuple[str, bool]] = {
    "contract.directorate_id": ("Directorate", False),
    "contract.division_id": ("Division", False),
    "contract.lead_service_id": ("Service", False),
    "contract.arrangement_id": ("Arrangement", False),
    "contract.parent_id": ("Framework", False),
    "contract.replaces_id": ("Replaces", False),
    "contract.category_id": ("Category", False),
    "contract.programme_id": ("Programme", False),
    "contract.outcome_id": ("Outcome", False),
    "contract.approval_id": ("Decision", False),
    "contract.awarded_low": ("Value as awarded, low end", True),
    "contract.awarded_high": ("Value as awarded, high end", True),
    "contract.annual_low": ("Annual value, low end", True),
    "contract.annual_high": ("Annual value, high end", True),
    "contract.whole_life_figure": ("Whole life, as tested", True),
    "contract.annual_figure": ("Yearly, as tested", True),
    "contract.renewal_figure": ("Of a renewal, as tested", True),
    "contract.maximum_at_least": ("Maximum is at least", False),
    "contract.withdrawn_at": ("Withdrawn", False),
    "contract.withdrawn_reason": ("Reason for withdrawing", False),
    "contract_provider.provider_id": ("Provider", False),
    "contract_provider.share": ("Provider's share", True),
    "contract_provider.lot": ("Provider's lot", False),
    "contract_service.service_id": ("Other service", False),
    "extension_option.months": ("Option: months", False),
    "extension_option.ends_on": ("Option: until", False),
    "extension_option.value": ("Option: value", True),
    "extension_option.notice_months": ("Option: notice in months", False),
    "extension_option.taken": ("Option: taken up", False),
    "extension_option.lapsed": ("Option: lapsed", False),
    "contract_notice.kind": ("Notice", False),
    "contract_notice.published_on": ("Published", False),
    "contract_notice.number": ("Notice number", False),
    "contract_notice.url": ("Where it stands", False),
    "contract_notice.standstill_ends_on": ("Standstill to", False),
    "contract_notice.withdrawn_at": ("Notice withdrawn", False),
    "contract_notice.withdrawn_reason": ("Reason for withdrawing the notice", False),
    "contract_spend.year": ("Spend: year beginning", False),
    "contract_spend.amount": ("Spend", True),
    "contract_spend.to_on": ("Spend: up to", False),
    "contract_spend.source": ("Spend: source", True),
    "contract_spend.note": ("Spend: note", True),
    "contract_spend.from_file": ("Spend: from a file", False),
    "contract_spend.withdrawn_at": ("Spend: withdrawn", False),
    "contract_spend.withdrawn_reason": ("Spend: reason for withdrawing", True),
    "contract_event.kind": ("What happened", False),
    "contract_event.effective_on": ("In effect from", False),
    "contract_event.ends_on": ("New end date", False),
    "contract_event.value_change": ("Change of value", True),
    "contract_event.annual_change": ("Change of annual value", True),
    "contract_event.reason": ("Reason", False),
    "contract_event.decision_reference": ("Decision reference", False),
    "contract_event.scope_change": ("What changes in what is supplied", False),
    "contract_event.provider_left": ("Provider that leaves", False),
    "contract_event.provider_joined": ("Provider that joins", False),
    "contract_event.ground": ("Ground for the change", False),
    "contract_event.uk10_needed": ("Contract change notice (UK10) needed", False),
    "contract_event.uk10_reason": ("Why a UK10 is or is not needed", False),
    "contract_event.notice_given_on": ("Notice given to the provider", False),
    "contract_event.approval_id": ("Decision it goes through", False),
    "contract_event.corrected": ("What was corrected", True),
    "contract_event.corrects_id": ("Corrects an earlier event", False),
    "signal_override.kind": ("Signal", False),
    "signal_override.level": ("Should read as", False),
    "signal_override.reason": ("Why it should read otherwise", False),
    "signal_override.by": ("Whose word it is", False),
    "signal_override.until_on": ("Until", False),
    "signal_override.set_at": ("Override set", False),
    "signal_override.ended_at": ("Override ended", False),
    "signal_override.ended_by": ("Override ended by", False),
    "signal_override.ended_reason": ("Why the override was ended", False),
    "agreement.client_lead_post": ("Client lead", False),
    "agreement.decision_reference": ("Decision that set it up", False),
    "agreement.review_months": ("Months between reviews", False),
    "agreement_move.was": ("It was", False),
    "agreement_move.became": ("It became", False),
    "agreement_move.moved_on": ("From", False),
    "agreement_charge.charge": ("Year's charge", True),
    "agreement_charge.indexation": ("How it follows from the year before", True),
    "agreement_charge.year": ("Year it begins in", False),
    "agreement_review.held_on": ("Review held", False),
    "agreement_review.held_by": ("Who took part", False),
    "agreement_review.found": ("What was found", False),
    "agreement_review.actions": ("What is to be done", False),
    "agreement_review.next_on": ("Next review", False),
    "agreement_standard.target_value": ("Target as a number", False),
    "agreement_standard.direction": ("Which way is better", False),
    "agreement_standard.frequency": ("How often reported", False),
    "agreement_standard.linked_to_payment": ("Linked to payment", False),
    "standard_result.from_on": ("Result from", False),
    "standard_result.to_on": ("Result to", False),
    "standard_result.value": ("Result", False),
    "standard_result.words": ("Result in words", False),
    "standard_result.suggested": ("What the figures say", False),
    "standard_result.rating": ("Standard", False),
    "standard_result.correction_reason": ("Why it was corrected", False),
    "service_credit.accrued_on": ("Credit accrued", False),
    "service_credit.amount": ("Service credit", True),
    "service_credit.note": ("How the credit is worked out", True),
    "service_credit.state": ("Service credit", False),
    "service_credit.settled_on": ("Credit settled on", False),
    "service_credit.settled_by": ("Credit settled by", False),
    "service_credit.settled_reason": ("Why the credit was settled so", False),
    "social_value_consideration.considered_on": ("Social value considered on", False),
    "social_value_consideration.considered_by": ("Social value considered by", False),
    "social_value_consideration.note": ("What was considered", False),
    "social_value_consideration.consultation_considered": ("Whether to consult was considered", False),
    "social_value_consideration.urgency_reason": ("Why urgency left no time", False),
}
#: Columns of two decimals that are no money.
QUANTITIES = frozenset({"agreement_standard.target_value", "agreement_standard.tolerance", "standard_result.value"})


def label_of_column(table: str, column: str) -> str:
    """A changed column in the council's words."""
    known = _COLUMNS.get(f"{table}.{column}")
    if known:
        return known[0]
    if table == "contract" and column in _BY_COLUMN:
        return _BY_COLUMN[column].label
    return column.removesuffix("_id").replace("_", " ").capitalize()


def is_money_column(table: str, column: str) -> bool:
    """Whether a changed column holds an amount, or words about one."""
    known = _COLUMNS.get(f"{table}.{column}")
    return known[1] if known else table == "contract" and column in _BY_COLUMN and _BY_COLUMN[column].money


#: Follow from the other changes of the same act, so that the history need not say them again.
RECKONED = frozenset(
    {
        "contract.latest_end_on",
        "contract.maximum_low",
        "contract.maximum_high",
        "contract.maximum_at_least",
        "contract.whole_life_figure",
        "contract.annual_figure",
        "contract.renewal_figure",
        "agreement_standard.latest_result",
        "agreement_standard.latest_on",
        "agreement_standard.latest_rating",
        "agreement_standard.below_in_a_row",
        "agreement_standard.next_result_on",
    }
)
