"""Keep decisions and their notices, forward plans, and what committees looked at beforehand."""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

#: What a published notice says, and when and where it was published: its words are evidence.
SEALED = (
    *("decision_id", "activity_id", "kind", "matter", "documents", "address", "other_documents", "how_to_ask"),
    *("reasons", "representations", "answer", "chair_informed", "chair_informed_on", "agreed_by", "agreed_as"),
    *("agreed_on", "urgent_because", "meeting_on", "title", "purpose", "decision_reference"),
    *("taker", "taker_members", "restriction"),
    *("restriction_ground", "timing", "expected_on", "published_on", "expected_words", "words", "public"),
    *("published_by", "uid"),
)
FROZEN = "a published notice is never altered"


def _seal_the_notices() -> None:
    """Let a published notice be withdrawn or superseded, and nothing of what it says be changed or removed."""
    if op.get_bind().dialect.name == "postgresql":
        changed = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in SEALED)
        op.execute(
            "CREATE FUNCTION decision_notice_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF OLD.state <> 'draft' AND (TG_OP = 'DELETE' OR NEW.state = 'draft' OR {changed}) THEN "
            f"RAISE EXCEPTION '{FROZEN}'; END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
        )
        op.execute(
            "CREATE TRIGGER decision_notice_is_frozen BEFORE UPDATE OR DELETE ON decision_notice "
            "FOR EACH ROW EXECUTE FUNCTION decision_notice_is_frozen()"
        )
        return
    changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in SEALED)
    op.execute(
        "CREATE TRIGGER decision_notice_frozen_update BEFORE UPDATE ON decision_notice "
        f"WHEN OLD.state <> 'draft' AND (NEW.state = 'draft' OR {changed}) "
        f"BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END"
    )
    op.execute(
        "CREATE TRIGGER decision_notice_frozen_delete BEFORE DELETE ON decision_notice WHEN OLD.state <> 'draft' "
        f"BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END"
    )


EDITION_FROZEN = "a forward plan that is kept is never altered"
#: Whether a line belongs to one that is kept; ``rows`` are its editions before and after.
OF_A_KEPT_ONE = "SELECT 1 FROM forward_plan_edition WHERE id IN ({rows}) AND kept_at IS NOT NULL"


def _seal_the_editions() -> None:
    """Let a forward plan that was given out, or a published list that was kept, stand with its lines as it was."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION forward_plan_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF EXISTS ({OF_A_KEPT_ONE.format(rows='OLD.edition_id, NEW.edition_id')}) THEN "
            f"RAISE integrity_constraint_violation USING MESSAGE = '{EDITION_FROZEN}'; END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
        )
        op.execute(
            "CREATE TRIGGER forward_plan_is_frozen BEFORE INSERT OR UPDATE OR DELETE ON forward_plan_item "
            "FOR EACH ROW EXECUTE FUNCTION forward_plan_is_frozen()"
        )
        op.execute(
            "CREATE FUNCTION forward_plan_edition_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE integrity_constraint_violation USING MESSAGE = '{EDITION_FROZEN}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER forward_plan_edition_is_frozen BEFORE UPDATE OR DELETE ON forward_plan_edition "
            "FOR EACH ROW WHEN (OLD.kept_at IS NOT NULL) EXECUTE FUNCTION forward_plan_edition_is_frozen()"
        )
        return
    says = f"BEGIN SELECT RAISE(ABORT, '{EDITION_FROZEN}'); END"
    for act, rows in (
        ("INSERT", "NEW.edition_id"),
        ("UPDATE", "OLD.edition_id, NEW.edition_id"),
        ("DELETE", "OLD.edition_id"),
    ):
        op.execute(
            f"CREATE TRIGGER forward_plan_item_frozen_{act.lower()} BEFORE {act} ON forward_plan_item "
            f"WHEN EXISTS ({OF_A_KEPT_ONE.format(rows=rows)}) {says}"
        )
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER forward_plan_edition_frozen_{act.lower()} BEFORE {act} ON forward_plan_edition "
            f"WHEN OLD.kept_at IS NOT NULL {says}"
        )


ACTIVITIES = sa.table(
    "activity",
    *(sa.column(name) for name in ("id", "decision", "state", "timing", "decision_taker", "decision_reference")),
    *(sa.column(name, sa.Date()) for name in ("expected_on", "decided_on")),
    *(sa.column(name) for name in ("outcome", "withdrawn_reason")),
)
DECISIONS = sa.table(
    "decision",
    sa.column("uid", sa.Uuid()),
    *(sa.column(name) for name in ("version", "activity_id", "kind", "state", "timing", "taker", "reference")),
    *(sa.column(name, sa.Date()) for name in ("expected_on", "decided_on")),
    *(sa.column(name) for name in ("resolution", "withdrawn_reason", "restriction", "implementation")),
)


def _make_the_main_decisions() -> None:
    """One for each activity, from what the activity itself has said of its decision until now."""
    connection = op.get_bind()
    rows = [
        {
            "uid": uuid.uuid4(),
            "version": 1,
            "activity_id": row.id,
            "kind": row.decision,
            "state": "taken" if row.decided_on else row.state,
            "timing": row.timing,
            "expected_on": row.expected_on,
            "taker": row.decision_taker,
            "reference": row.decision_reference,
            "decided_on": row.decided_on,
            "resolution": row.outcome,
            "withdrawn_reason": (row.withdrawn_reason or "Withdrawn") if row.state == "withdrawn" else None,
            "restriction": "open",
            "implementation": "not begun",
        }
        for row in connection.execute(sa.select(ACTIVITIES).order_by(ACTIVITIES.c.id))
    ]
    if rows:
        connection.execute(DECISIONS.insert(), rows)


def upgrade() -> None:
    op.add_column("role_held", sa.Column("is_chair", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("meeting", sa.Column("place", sa.String(length=200), nullable=True))
    op.create_table(
        "election_period",
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_election_period_ends_after_it_starts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_election_period")),
    )
    with op.batch_alter_table("election_period", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_election_period_from_on"), ["from_on"], unique=False)

    op.create_table(
        "activity_contract",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_activity_contract_activity_id_activity")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_activity_contract_contract_id_contract")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_contract")),
        sa.UniqueConstraint("activity_id", "contract_id", name=op.f("uq_activity_contract_activity_id_contract_id")),
    )
    with op.batch_alter_table("activity_contract", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_contract_contract_id"), ["contract_id"], unique=False)

    op.create_table(
        "forward_plan_edition",
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.String(length=200), nullable=False),
        sa.Column("filename", sa.String(length=300), nullable=True),
        sa.Column("file_hash", sa.String(length=64), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forward_plan_edition")),
    )
    op.create_table(
        "agenda_item",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column(
            "section",
            sa.Enum(
                "key decisions",
                "performance",
                "other items",
                "urgent decisions",
                name="agendasection",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("asked_to", sa.String(length=500), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("exempt", sa.Boolean(), nullable=False),
        sa.Column("exempt_ground", sa.String(length=300), nullable=True),
        sa.Column("comments", sa.Text(), nullable=True),
        sa.Column("recommendations", sa.Text(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "endorsed",
                "endorsed with changes",
                "further report asked for",
                "not endorsed",
                "noted",
                name="itemoutcome",
                native_enum=False,
                length=60,
            ),
            nullable=True,
        ),
        sa.Column("minute_reference", sa.String(length=100), nullable=True),
        sa.Column("response", sa.Text(), nullable=True),
        sa.Column("responded_by", sa.String(length=200), nullable=True),
        sa.Column("responded_on", sa.Date(), nullable=True),
        sa.Column("changed", sa.Text(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome IS NULL OR meeting_id IS NOT NULL", name=op.f("ck_agenda_item_outcome_has_a_meeting")
        ),
        sa.CheckConstraint(
            "removed_at IS NULL OR removed_reason IS NOT NULL", name=op.f("ck_agenda_item_removal_has_a_reason")
        ),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_agenda_item_activity_id_activity")),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_agenda_item_committee_id_committee")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_agenda_item_contract_id_contract")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("uid", name=op.f("uq_agenda_item_uid")),
    )
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_item_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index("ix_agenda_item_committee", ["committee_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agenda_item_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index("ix_agenda_item_meeting", ["meeting_id", "position", "id"], unique=False)

    op.create_table(
        "decision",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("authority to procure", "award", name="decisionkind", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum("expected", "taken", "withdrawn", name="decisionstate", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("reference", sa.String(length=60), nullable=True),
        sa.Column("system_url", sa.String(length=500), nullable=True),
        sa.Column("delegated_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "taker_kind",
            sa.Enum(
                "the Cabinet",
                "a committee of the Cabinet",
                "a Cabinet Member",
                "an officer",
                "the full Council",
                name="takerkind",
                native_enum=False,
                length=60,
            ),
            nullable=True,
        ),
        sa.Column("taker", sa.String(length=300), nullable=True),
        sa.Column("taker_members", sa.Text(), nullable=True),
        sa.Column(
            "restriction",
            sa.Enum("open", "part exempt", "fully exempt", name="restriction", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("restriction_ground", sa.String(length=500), nullable=True),
        sa.Column(
            "timing",
            sa.Enum(
                "on a date",
                "not before a date",
                "in a quarter",
                "in a financial year",
                "not known yet",
                name="timingkind",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("resolution", sa.Text(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=True),
        sa.Column("alternatives", sa.Text(), nullable=True),
        sa.Column("interests", sa.Text(), nullable=True),
        sa.Column("dispensations", sa.Text(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("not_called_in_reason", sa.String(length=500), nullable=True),
        sa.Column("call_in_ends_on", sa.Date(), nullable=True),
        sa.Column("call_in_ends_at", sa.Time(), nullable=True),
        sa.Column("called_in_on", sa.Date(), nullable=True),
        sa.Column("called_in_by", sa.String(length=300), nullable=True),
        sa.Column("called_in_reason", sa.Text(), nullable=True),
        sa.Column(
            "call_in_outcome",
            sa.Enum(
                "decision upheld",
                "referred back",
                "referred to the full Council",
                "changed by the decision taker",
                name="callinoutcome",
                native_enum=False,
                length=60,
            ),
            nullable=True,
        ),
        sa.Column("call_in_outcome_on", sa.Date(), nullable=True),
        sa.Column("effective_entered_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column(
            "route",
            sa.Enum(
                "notice of 28 clear days",
                "general exception",
                "special urgency",
                name="route",
                native_enum=False,
                length=60,
            ),
            nullable=True,
        ),
        sa.Column("without_notice_reason", sa.String(length=1000), nullable=True),
        sa.Column("approval_id", sa.Integer(), nullable=True),
        sa.Column(
            "implementation",
            sa.Enum(
                "not begun",
                "under way",
                "implemented",
                "not going ahead",
                name="implementation",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("implementation_note", sa.String(length=1000), nullable=True),
        sa.Column("implemented_on", sa.Date(), nullable=True),
        sa.Column("held_to_be_key", sa.String(length=1000), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(timing = 'not known yet') = (expected_on IS NULL)", name=op.f("ck_decision_timing_says_when")
        ),
        sa.CheckConstraint(
            "restriction = 'open' OR restriction_ground IS NOT NULL", name=op.f("ck_decision_restriction_has_a_ground")
        ),
        sa.CheckConstraint("state <> 'taken' OR decided_on IS NOT NULL", name=op.f("ck_decision_taken_says_when")),
        sa.CheckConstraint(
            "state <> 'withdrawn' OR withdrawn_reason IS NOT NULL", name=op.f("ck_decision_withdrawal_has_a_reason")
        ),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_decision_activity_id_activity")),
        sa.ForeignKeyConstraint(["approval_id"], ["approval.id"], name=op.f("fk_decision_approval_id_approval")),
        sa.ForeignKeyConstraint(
            ["delegated_by_id"], ["decision.id"], name=op.f("fk_decision_delegated_by_id_decision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("activity_id", "kind", name=op.f("uq_decision_activity_id_kind")),
        sa.UniqueConstraint("uid", name=op.f("uq_decision_uid")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index("ix_decision_expected", ["state", "expected_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_reference"), ["reference"], unique=False)

    op.create_table(
        "following",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_following_activity_id_activity")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_following_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_following")),
        sa.UniqueConstraint("person_id", "activity_id", name=op.f("uq_following_person_id_activity_id")),
    )
    with op.batch_alter_table("following", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_following_activity_id"), ["activity_id"], unique=False)

    op.create_table(
        "left_out_of_committee",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("urgency", sa.String(length=500), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_left_out_of_committee_activity_id_activity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_left_out_of_committee")),
    )
    with op.batch_alter_table("left_out_of_committee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_left_out_of_committee_activity_id"), ["activity_id"], unique=False)

    op.create_table(
        "decision_move",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_by", sa.String(length=200), nullable=False),
        sa.Column(
            "was_timing",
            sa.Enum(
                "on a date",
                "not before a date",
                "in a quarter",
                "in a financial year",
                "not known yet",
                name="timingkind",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("was_on", sa.Date(), nullable=True),
        sa.Column(
            "now_timing",
            sa.Enum(
                "on a date",
                "not before a date",
                "in a quarter",
                "in a financial year",
                "not known yet",
                name="timingkind",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("now_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_decision_move_activity_id_activity")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_move_decision_id_decision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_move")),
    )
    with op.batch_alter_table("decision_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_move_decision_id"), ["decision_id"], unique=False)

    op.create_table(
        "decision_notice",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "notice of a key decision",
                "general exception notice",
                "special urgency notice",
                "notice of a private meeting",
                "statement of reasons for a private meeting",
                name="noticekind",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum("draft", "published", "superseded", "withdrawn", name="noticestate", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("matter", sa.Text(), nullable=True),
        sa.Column("documents", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("other_documents", sa.Text(), nullable=True),
        sa.Column("how_to_ask", sa.Text(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=True),
        sa.Column("representations", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("chair_informed", sa.String(length=300), nullable=True),
        sa.Column("chair_informed_on", sa.Date(), nullable=True),
        sa.Column("agreed_by", sa.String(length=300), nullable=True),
        sa.Column("agreed_as", sa.String(length=100), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("urgent_because", sa.Text(), nullable=True),
        sa.Column("meeting_on", sa.Date(), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("decision_reference", sa.String(length=60), nullable=True),
        sa.Column("taker", sa.String(length=300), nullable=True),
        sa.Column("taker_members", sa.Text(), nullable=True),
        sa.Column(
            "restriction",
            sa.Enum("open", "part exempt", "fully exempt", name="restriction", native_enum=False, length=60),
            nullable=True,
        ),
        sa.Column("restriction_ground", sa.String(length=500), nullable=True),
        sa.Column(
            "timing",
            sa.Enum(
                "on a date",
                "not before a date",
                "in a quarter",
                "in a financial year",
                "not known yet",
                name="timingkind",
                native_enum=False,
                length=60,
            ),
            nullable=True,
        ),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("earliest_entered_on", sa.Date(), nullable=True),
        sa.Column("expected_words", sa.String(length=200), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("system_reference", sa.String(length=60), nullable=True),
        sa.Column("system_url", sa.String(length=500), nullable=True),
        sa.Column("replaced_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=1000), nullable=True),
        sa.Column("published_by", sa.String(length=200), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'draft') = (published_on IS NULL)", name=op.f("ck_decision_notice_published_says_when")
        ),
        sa.CheckConstraint(
            "state <> 'withdrawn' OR withdrawn_reason IS NOT NULL",
            name=op.f("ck_decision_notice_withdrawal_has_a_reason"),
        ),
        sa.CheckConstraint("state = 'draft' OR words IS NOT NULL", name=op.f("ck_decision_notice_published_is_frozen")),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_decision_notice_activity_id_activity")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_notice_decision_id_decision")),
        sa.ForeignKeyConstraint(
            ["replaced_by_id"], ["decision_notice.id"], name=op.f("fk_decision_notice_replaced_by_id_decision_notice")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_notice")),
        sa.UniqueConstraint("uid", name=op.f("uq_decision_notice_uid")),
    )
    with op.batch_alter_table("decision_notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_notice_decision_id"), ["decision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_notice_published_on"), ["published_on"], unique=False)
    _seal_the_notices()
    _make_the_main_decisions()

    op.create_table(
        "forward_plan_answer",
        sa.Column("item_key", sa.String(length=500), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_forward_plan_answer_decision_id_decision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forward_plan_answer")),
        sa.UniqueConstraint("item_key", name=op.f("uq_forward_plan_answer_item_key")),
    )
    op.create_table(
        "forward_plan_item",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=True),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("title_key", sa.String(length=500), nullable=False),
        sa.Column("taker", sa.String(length=300), nullable=True),
        sa.Column("due_words", sa.String(length=200), nullable=True),
        sa.Column(
            "due_timing",
            sa.Enum(
                "on a date",
                "not before a date",
                "in a quarter",
                "in a financial year",
                "not known yet",
                name="timingkind",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("first_published_on", sa.Date(), nullable=True),
        sa.Column("department", sa.String(length=300), nullable=True),
        sa.Column("lead_officer", sa.String(length=300), nullable=True),
        sa.Column("status", sa.String(length=200), nullable=True),
        sa.Column("is_key", sa.Boolean(), nullable=True),
        sa.Column("urgency", sa.String(length=500), nullable=True),
        sa.Column("restriction", sa.String(length=100), nullable=True),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("url", sa.String(length=500), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_forward_plan_item_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["forward_plan_edition.id"],
            name=op.f("fk_forward_plan_item_edition_id_forward_plan_edition"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forward_plan_item")),
    )
    with op.batch_alter_table("forward_plan_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forward_plan_item_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_forward_plan_item_reference"), ["reference"], unique=False)
    _seal_the_editions()

    op.create_table(
        "pre_scrutiny_request",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "about",
            sa.Enum(
                "its value",
                "how it performs",
                "public interest",
                "its provider",
                "its timing",
                "another reason",
                name="askreason",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("preferred_meeting_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "accepted",
                "declined",
                "merged",
                "taken back",
                name="requeststate",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("answer", sa.String(length=1000), nullable=True),
        sa.Column("answered_by", sa.String(length=200), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'merged') = (merged_into_id IS NOT NULL)",
            name=op.f("ck_pre_scrutiny_request_merged_says_into_what"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('declined', 'merged') OR answer IS NOT NULL",
            name=op.f("ck_pre_scrutiny_request_answer_has_a_reason"),
        ),
        sa.CheckConstraint(
            "(activity_id IS NULL) <> (contract_id IS NULL)", name=op.f("ck_pre_scrutiny_request_is_about_one")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_pre_scrutiny_request_activity_id_activity")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_pre_scrutiny_request_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_pre_scrutiny_request_committee_id_committee")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_pre_scrutiny_request_contract_id_contract")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_pre_scrutiny_request_item_id_agenda_item")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"],
            ["pre_scrutiny_request.id"],
            name=op.f("fk_pre_scrutiny_request_merged_into_id_pre_scrutiny_request"),
        ),
        sa.ForeignKeyConstraint(
            ["preferred_meeting_id"], ["meeting.id"], name=op.f("fk_pre_scrutiny_request_preferred_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pre_scrutiny_request")),
        sa.UniqueConstraint("uid", name=op.f("uq_pre_scrutiny_request_uid")),
    )
    with op.batch_alter_table("pre_scrutiny_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pre_scrutiny_request_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pre_scrutiny_request_asked_by_id"), ["asked_by_id"], unique=False)
        batch_op.create_index("ix_pre_scrutiny_request_committee", ["committee_id", "state", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pre_scrutiny_request_contract_id"), ["contract_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("pre_scrutiny_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pre_scrutiny_request_contract_id"))
        batch_op.drop_index("ix_pre_scrutiny_request_committee")
        batch_op.drop_index(batch_op.f("ix_pre_scrutiny_request_asked_by_id"))
        batch_op.drop_index(batch_op.f("ix_pre_scrutiny_request_activity_id"))

    op.drop_table("pre_scrutiny_request")
    with op.batch_alter_table("forward_plan_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forward_plan_item_reference"))
        batch_op.drop_index(batch_op.f("ix_forward_plan_item_edition_id"))

    op.drop_table("forward_plan_item")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION forward_plan_is_frozen")
    op.drop_table("forward_plan_answer")
    with op.batch_alter_table("decision_notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_notice_published_on"))
        batch_op.drop_index(batch_op.f("ix_decision_notice_decision_id"))

    op.drop_table("decision_notice")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION decision_notice_is_frozen")
    with op.batch_alter_table("decision_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_move_decision_id"))

    op.drop_table("decision_move")
    with op.batch_alter_table("left_out_of_committee", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_left_out_of_committee_activity_id"))

    op.drop_table("left_out_of_committee")
    with op.batch_alter_table("following", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_following_activity_id"))

    op.drop_table("following")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_reference"))
        batch_op.drop_index("ix_decision_expected")

    op.drop_table("decision")
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.drop_index("ix_agenda_item_meeting")
        batch_op.drop_index(batch_op.f("ix_agenda_item_contract_id"))
        batch_op.drop_index("ix_agenda_item_committee")
        batch_op.drop_index(batch_op.f("ix_agenda_item_activity_id"))

    op.drop_table("agenda_item")
    op.drop_table("forward_plan_edition")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION forward_plan_edition_is_frozen")
    with op.batch_alter_table("activity_contract", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_contract_contract_id"))

    op.drop_table("activity_contract")
    with op.batch_alter_table("election_period", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_election_period_from_on"))

    op.drop_table("election_period")
    op.drop_column("meeting", "place")
    op.drop_column("role_held", "is_chair")
