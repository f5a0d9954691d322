"""A notice that says everything any of the regulations asks for."""

from datetime import date

from app.decisions.rules.particulars import OTHER_DOCUMENTS, AgreedAs, Particulars
from app.decisions.rules.timing import Timing

WHOLE = Particulars(
    council="Wold Council",
    title="Home care from 2028",
    reference="25/00083",
    grounds=("expenditure over the threshold (more than £1,000,000)",),
    taker="Cabinet",
    taker_is_body=True,
    members=("Councillor A. Reed, Leader", "Councillor B. Moss"),
    when=Timing.not_before(date(2025, 11, 5)),
    restriction="part exempt",
    is_restricted=True,
    restriction_ground="Schedule 12A, paragraph 3",
    matter="Whether to let home care again, in eight areas.\n\nThe present agreements end in March 2028.",
    documents="Report of the Director of Adults\nEquality analysis",
    address="County Hall, Wold, WD1 1AA",
    other_documents=OTHER_DOCUMENTS,
    how_to_ask="Write to democracy@wold.example",
    reasons="The provider has given notice, and care cannot stop.",
    representations="A resident asked that the meeting be open.",
    answer="Bids would be told: the ground for exemption stands.",
    chair_informed="Councillor C. Fenn, chair of the Scrutiny Committee,",
    chair_informed_on=date(2025, 10, 7),
    agreed_by="Councillor C. Fenn",
    agreed_as=AgreedAs.SCRUTINY_CHAIR,
    agreed_on=date(2025, 10, 7),
    urgent_because="The tenders lapse on 14 November.",
    meeting_on=date(2025, 11, 10),
)
