"""The tables of forthcoming activity: what is coming, its decisions, notices, forward plans and pre-scrutiny."""

from app.decisions.models.activities import (
    Activity,
    ActivityContract,
    ActivityKind,
    ActivityLine,
    ActivityMove,
    ActivityService,
    ActivityState,
    DecisionKind,
    Likelihood,
    ProposalAnswer,
    ProposalVerdict,
)
from app.decisions.models.forward_plans import (
    ForwardPlanAnswer,
    ForwardPlanEdition,
    ForwardPlanItem,
)
from app.decisions.models.notices import (
    Notice,
    NoticeState,
)
from app.decisions.models.scrutiny import (
    SECTION_WORDS,
    AgendaItem,
    AgendaSection,
    AskReason,
    Following,
    ItemOutcome,
    LeftOut,
    PreScrutinyRequest,
    RequestState,
)
from app.decisions.models.taking import (
    CallInOutcome,
    Decision,
    DecisionMove,
    DecisionState,
    Implementation,
    Restriction,
    TakerKind,
)
from app.decisions.rules.particulars import NoticeKind

__all__ = [
    "SECTION_WORDS",
    "Activity",
    "ActivityContract",
    "ActivityKind",
    "ActivityLine",
    "ActivityMove",
    "ActivityService",
    "ActivityState",
    "AgendaItem",
    "AgendaSection",
    "AskReason",
    "CallInOutcome",
    "Decision",
    "DecisionKind",
    "DecisionMove",
    "DecisionState",
    "Following",
    "ForwardPlanAnswer",
    "ForwardPlanEdition",
    "ForwardPlanItem",
    "Implementation",
    "ItemOutcome",
    "LeftOut",
    "Likelihood",
    "Notice",
    "NoticeKind",
    "NoticeState",
    "PreScrutinyRequest",
    "ProposalAnswer",
    "ProposalVerdict",
    "RequestState",
    "Restriction",
    "TakerKind",
]
