"""Keep what a bulk change did."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KINDS = ("change of several contracts", "reassignment of a post")


def upgrade() -> None:
    """Acts over many records; what each changed stands in the history."""
    op.create_table(
        "bulk_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum(*KINDS, name="bulkkind", native_enum=False, length=60), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("act", sa.String(length=36), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=300), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("left", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(length=300), nullable=True),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by IS NULL)", name=op.f("ck_bulk_change_undoing_says_when_and_who")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_change")),
        sa.UniqueConstraint("act", name=op.f("uq_bulk_change_act")),
    )
    op.create_index(op.f("ix_bulk_change_made_by_id"), "bulk_change", ["made_by_id"])


def downgrade() -> None:
    op.drop_table("bulk_change")
