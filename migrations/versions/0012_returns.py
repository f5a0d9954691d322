"""Keep planning rounds and directorates' returns."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

STATES = ("to be made", "sent", "sent back", "signed off")
PARTS = (
    "services",
    "commissioned services",
    "forthcoming activity",
    "agreements with trading companies",
    "social value",
)


def upgrade() -> None:
    op.create_table(
        "planning_round",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("approved_by", sa.String(length=300), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("returns_due_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(length=200), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(length=200), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_by IS NULL)", name=op.f("ck_planning_round_closed_by_somebody")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planning_round")),
        sa.UniqueConstraint("year", name=op.f("uq_planning_round_year")),
    )
    op.create_table(
        "plan_return",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("directorate_id", sa.Integer(), nullable=False),
        sa.Column("division_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.Enum(*STATES, name="returnstate", native_enum=False, length=60), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by", sa.String(length=200), nullable=True),
        sa.Column("sent_despite", sa.String(length=1000), nullable=True),
        sa.Column("sent_back_reason", sa.String(length=1000), nullable=True),
        sa.Column("signed_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_off_by", sa.String(length=200), nullable=True),
        sa.Column("signed_off_post", sa.String(length=200), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("state <> 'sent' OR sent_at IS NOT NULL", name=op.f("ck_plan_return_sent_says_when")),
        sa.CheckConstraint(
            "state <> 'sent back' OR sent_back_reason IS NOT NULL", name=op.f("ck_plan_return_sent_back_says_why")
        ),
        sa.CheckConstraint(
            "(state = 'signed off') = (signed_off_at IS NOT NULL)", name=op.f("ck_plan_return_signed_off_says_when")
        ),
        sa.CheckConstraint(
            "(signed_off_at IS NULL) = (signed_off_by IS NULL)", name=op.f("ck_plan_return_signed_off_by_somebody")
        ),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_reason IS NOT NULL", name=op.f("ck_plan_return_withdrawal_has_a_reason")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["planning_round.id"], name=op.f("fk_plan_return_round_id_planning_round")
        ),
        sa.ForeignKeyConstraint(
            ["directorate_id"], ["directorate.id"], name=op.f("fk_plan_return_directorate_id_directorate")
        ),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_plan_return_division_id_division")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_return")),
        sa.UniqueConstraint("round_id", "division_id", name=op.f("uq_plan_return_round_id_division_id")),
    )
    op.create_index(op.f("ix_plan_return_round_id"), "plan_return", ["round_id"])
    op.create_index(op.f("ix_plan_return_directorate_id"), "plan_return", ["directorate_id"])
    op.create_index(op.f("ix_plan_return_division_id"), "plan_return", ["division_id"])
    op.create_index(
        "uq_plan_return_directorate",
        "plan_return",
        ["round_id", "directorate_id"],
        unique=True,
        sqlite_where=sa.text("division_id IS NULL"),
        postgresql_where=sa.text("division_id IS NULL"),
    )
    op.create_table(
        "return_part",
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Enum(*PARTS, name="part", native_enum=False, length=60), nullable=False),
        sa.Column("answer", sa.Enum("complete", "nil", name="answer", native_enum=False, length=60), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=200), nullable=True),
        sa.Column("rows_signed", sa.Integer(), nullable=True),
        sa.Column("missing_signed", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_by IS NULL)", name=op.f("ck_return_part_answered_by_somebody")
        ),
        sa.CheckConstraint(
            "(rows_signed IS NULL) = (missing_signed IS NULL)", name=op.f("ck_return_part_counted_together")
        ),
        sa.ForeignKeyConstraint(["return_id"], ["plan_return.id"], name=op.f("fk_return_part_return_id_plan_return")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_part")),
        sa.UniqueConstraint("return_id", "part", name=op.f("uq_return_part_return_id_part")),
    )
    op.create_table(
        "return_chase",
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("chased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chased_by", sa.String(length=200), nullable=False),
        sa.Column("whom", sa.String(length=1000), nullable=False),
        sa.Column("how", sa.String(length=200), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["return_id"], ["plan_return.id"], name=op.f("fk_return_chase_return_id_plan_return")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_chase")),
    )
    op.create_index(op.f("ix_return_chase_return_id"), "return_chase", ["return_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_return_chase_return_id"), table_name="return_chase")
    op.drop_table("return_chase")
    op.drop_table("return_part")
    op.drop_index("uq_plan_return_directorate", table_name="plan_return")
    op.drop_index(op.f("ix_plan_return_division_id"), table_name="plan_return")
    op.drop_index(op.f("ix_plan_return_directorate_id"), table_name="plan_return")
    op.drop_index(op.f("ix_plan_return_round_id"), table_name="plan_return")
    op.drop_table("plan_return")
    op.drop_table("planning_round")
