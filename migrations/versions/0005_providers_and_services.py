"""Record merges, company groups, control tests and partners."""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ROUTES = ("in-house", "external", "mixed", "trading company", "shared or partnership", "not known")
PARTNER_ROLES = (
    "delivers part of it",
    "helps to pay for it",
    "commissions it with the council",
    "has another part in it",
)


def upgrade() -> None:
    _grow_providers()
    _grow_services()
    _add_merges()
    _add_control_tests()
    _add_what_hangs_on_services()


def _reference(table: str, column: str, to: str) -> None:
    """Add a column that points at a table. SQLite takes its constraint only within the column."""
    name = op.f(f"fk_{table}_{column}_{to}")
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER CONSTRAINT {name} REFERENCES {to} (id)")
    else:
        op.add_column(table, sa.Column(column, sa.Integer(), nullable=True))
        op.create_foreign_key(name, table, to, [column], ["id"])
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _grow_providers() -> None:
    _reference("provider", "parent_id", "provider")
    _reference("provider", "merged_into_id", "provider")
    op.add_column(
        "provider_identifier", sa.Column("is_primary", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("trading_company", sa.Column("shareholder_lead_post_key", sa.String(length=200), nullable=True))
    _fold("trading_company", "shareholder_lead_post", "shareholder_lead_post_key")


def _grow_services() -> None:
    _reference("service", "successor_id", "service")
    op.add_column("service", sa.Column("head_post_key", sa.String(length=200), nullable=True))
    op.add_column(
        "service",
        sa.Column("planned_route", sa.Enum(*ROUTES, name="deliveryroute", native_enum=False, length=60), nullable=True),
    )
    op.add_column("service", sa.Column("planned_from_on", sa.Date(), nullable=True))
    op.add_column("service", sa.Column("closed_reason", sa.String(length=1000), nullable=True))
    op.add_column("service", sa.Column("planned_reason", sa.String(length=1000), nullable=True))
    op.create_index(op.f("ix_service_head_post_key"), "service", ["head_post_key"])
    op.add_column("delivery_period", sa.Column("reason", sa.String(length=1000), nullable=True))
    op.add_column("delivery_period", sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("delivery_period", sa.Column("recorded_by", sa.String(length=200), nullable=True))
    _fold("service", "head_post", "head_post_key")


def _fold(table: str, post: str, key: str) -> None:
    """Write the posts as lists find them: without case, accents or odd spacing."""
    rows = sa.table(table, sa.column("id"), sa.column(post), sa.column(key))
    bind = op.get_bind()
    for number, text in bind.execute(sa.select(rows.c.id, rows.c[post]).where(rows.c[post].is_not(None))).all():
        bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        folded = " ".join(bare.casefold().split())
        bind.execute(sa.update(rows).where(rows.c.id == number).values({key: folded or None}))


def _add_merges() -> None:
    op.create_table(
        "provider_merge",
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by", sa.String(length=200), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(length=200), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "undone_at IS NULL OR undone_by IS NOT NULL", name=op.f("ck_provider_merge_an_undoing_has_a_name")
        ),
        sa.ForeignKeyConstraint(["kept_id"], ["provider.id"], name=op.f("fk_provider_merge_kept_id_provider")),
        sa.ForeignKeyConstraint(["merged_id"], ["provider.id"], name=op.f("fk_provider_merge_merged_id_provider")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_merge")),
    )
    op.create_index(op.f("ix_provider_merge_kept_id"), "provider_merge", ["kept_id"])
    op.create_index(op.f("ix_provider_merge_merged_id"), "provider_merge", ["merged_id"])
    op.create_table(
        "provider_distinction",
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_provider_distinction_a_pair_is_said_one_way")),
        sa.ForeignKeyConstraint(["first_id"], ["provider.id"], name=op.f("fk_provider_distinction_first_id_provider")),
        sa.ForeignKeyConstraint(
            ["second_id"], ["provider.id"], name=op.f("fk_provider_distinction_second_id_provider")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_distinction")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_provider_distinction_first_id_second_id")),
    )
    op.create_index(op.f("ix_provider_distinction_second_id"), "provider_distinction", ["second_id"])


def _add_control_tests() -> None:
    op.create_table(
        "control_test",
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("tested_on", sa.Date(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("parent_undertaking", sa.Boolean(), nullable=True),
        sa.Column("other_influence", sa.Boolean(), nullable=True),
        sa.Column("other_influence_note", sa.String(length=1000), nullable=True),
        sa.Column("activity_share", sa.BigInteger(), nullable=True),
        sa.Column("activity_method", sa.String(length=500), nullable=True),
        sa.Column("activity_period", sa.String(length=200), nullable=True),
        sa.Column("private_shares", sa.Boolean(), nullable=True),
        sa.Column("private_shares_note", sa.String(length=1000), nullable=True),
        sa.Column("joint_owners", sa.String(length=1000), nullable=True),
        sa.Column("owners_on_board", sa.Boolean(), nullable=True),
        sa.Column("evidence", sa.String(length=1000), nullable=True),
        sa.Column("evidence_url", sa.String(length=1000), nullable=True),
        sa.Column("next_due_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("correction_reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "activity_share >= 0 AND activity_share <= 10000", name=op.f("ck_control_test_activity_is_a_percentage")
        ),
        sa.CheckConstraint(
            "corrects_id IS NULL OR correction_reason IS NOT NULL",
            name=op.f("ck_control_test_a_correction_has_a_reason"),
        ),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_control_test_provider_id_provider")),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["control_test.id"], name=op.f("fk_control_test_corrects_id_control_test")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_control_test")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_control_test_corrects_id")),
    )
    op.create_index(op.f("ix_control_test_provider_id"), "control_test", ["provider_id"])


def _add_what_hangs_on_services() -> None:
    op.create_table(
        "service_place",
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("directorate_id", sa.Integer(), nullable=False),
        sa.Column("division_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=200), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "until_on IS NULL OR from_on IS NULL OR until_on >= from_on",
            name=op.f("ck_service_place_ends_after_it_starts"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_service_place_service_id_service")),
        sa.ForeignKeyConstraint(
            ["directorate_id"], ["directorate.id"], name=op.f("fk_service_place_directorate_id_directorate")
        ),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_service_place_division_id_division")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_place")),
    )
    for column in ("service_id", "directorate_id", "division_id"):
        op.create_index(op.f(f"ix_service_place_{column}"), "service_place", [column])
    op.create_table(
        "service_outcome",
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("outcome_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_service_outcome_service_id_service")),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcome.id"], name=op.f("fk_service_outcome_outcome_id_outcome")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_outcome")),
        sa.UniqueConstraint("service_id", "outcome_id", name=op.f("uq_service_outcome_service_id_outcome_id")),
    )
    op.create_index(op.f("ix_service_outcome_outcome_id"), "service_outcome", ["outcome_id"])
    op.create_table(
        "service_partner",
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=True),
        sa.Column("role", sa.Enum(*PARTNER_ROLES, name="partnerrole", native_enum=False, length=60), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "provider_id IS NOT NULL OR name IS NOT NULL", name=op.f("ck_service_partner_a_partner_has_a_name")
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_service_partner_service_id_service")),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_service_partner_provider_id_provider")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_partner")),
    )
    op.create_index(op.f("ix_service_partner_service_id"), "service_partner", ["service_id"])
    op.create_index(op.f("ix_service_partner_provider_id"), "service_partner", ["provider_id"])


def downgrade() -> None:
    for table in (
        "service_partner",
        "service_outcome",
        "service_place",
        "control_test",
        "provider_distinction",
        "provider_merge",
    ):
        op.drop_table(table)
    for column in ("recorded_by", "recorded_at", "reason"):
        op.drop_column("delivery_period", column)
    op.drop_index(op.f("ix_service_head_post_key"), "service")
    for column in ("closed_reason", "planned_reason", "planned_from_on", "planned_route", "head_post_key"):
        op.drop_column("service", column)
    op.drop_column("trading_company", "shareholder_lead_post_key")
    op.drop_column("provider_identifier", "is_primary")
    for table, column in (("service", "successor_id"), ("provider", "merged_into_id"), ("provider", "parent_id")):
        op.drop_index(op.f(f"ix_{table}_{column}"), table)
        op.drop_column(table, column)
