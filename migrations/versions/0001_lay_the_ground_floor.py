"""Lay the ground floor: every table, the full-text index, and a history nobody can alter."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bank_holiday",
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_holiday")),
        sa.UniqueConstraint("held_on", name=op.f("uq_bank_holiday_held_on")),
    )
    op.create_table(
        "category",
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
        sa.UniqueConstraint("name_key", name=op.f("uq_category_name_key")),
    )
    op.create_table(
        "change",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(length=200), nullable=False),
        sa.Column("act", sa.Uuid(), nullable=False),
        sa.Column("record_kind", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column(
            "action",
            sa.Enum("added", "changed", "removed", name="action", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index("ix_change_at", ["at"], unique=False)
        batch_op.create_index("ix_change_record", ["record_kind", "record_id", "id"], unique=False)

    op.create_table(
        "committee",
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "cabinet committee",
                "scrutiny",
                "executive",
                "board of members",
                "board of officers",
                name="committeekind",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee")),
        sa.UniqueConstraint("name_key", name=op.f("uq_committee_name_key")),
    )
    op.create_table(
        "council",
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("vesting_on", sa.Date(), nullable=True),
        sa.Column("successor_name", sa.String(length=300), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council")),
    )
    op.create_table(
        "directorate",
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=True),
        sa.Column("slug", sa.String(length=300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("director_post", sa.String(length=200), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "until_on IS NULL OR from_on IS NULL OR until_on >= from_on",
            name=op.f("ck_directorate_ends_after_it_starts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directorate")),
        sa.UniqueConstraint("name_key", name=op.f("uq_directorate_name_key")),
    )
    op.create_table(
        "import_source",
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_source")),
        sa.UniqueConstraint("name", name=op.f("uq_import_source_name")),
    )
    op.create_table(
        "outcome",
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
    )
    op.create_table(
        "person",
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("email", sa.String(length=300), nullable=False),
        sa.Column("post", sa.String(length=200), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "portfolio",
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("member_title", sa.String(length=200), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portfolio")),
    )
    op.create_table(
        "programme",
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("name", name=op.f("uq_programme_name")),
    )
    op.create_table(
        "provider",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "private company",
                "voluntary, community or social enterprise",
                "public body",
                "council-owned company",
                "partnership",
                "sole trader",
                "not known",
                name="providerkind",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("sme", sa.Boolean(), nullable=True),
        sa.Column("vcse", sa.Boolean(), nullable=True),
        sa.Column("vcse_type", sa.String(length=100), nullable=True),
        sa.Column("council_share", sa.BigInteger(), nullable=True),
        sa.Column("name_masked", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "council_share IS NULL OR (council_share >= 0 AND council_share <= 10000)",
            name=op.f("ck_provider_share_is_a_percentage"),
        ),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_reason IS NOT NULL", name=op.f("ck_provider_withdrawal_has_a_reason")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider")),
        sa.UniqueConstraint("uid", name=op.f("uq_provider_uid")),
    )
    with op.batch_alter_table("provider", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_provider_name_key"), ["name_key"], unique=False)

    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
        sa.UniqueConstraint("name", "from_on", name=op.f("uq_setting_name_from_on")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("email", sa.String(length=300), nullable=False),
        sa.Column("address", sa.String(length=60), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_attempt_address_at", ["address", "at"], unique=False)
        batch_op.create_index("ix_sign_in_attempt_email_at", ["email", "at"], unique=False)

    op.create_table(
        "stored_file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stored_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint("sha256", name=op.f("uq_stored_file_sha256")),
    )
    op.create_table(
        "approval",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("directorate_id", sa.Integer(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("sum_allowed", sa.BigInteger(), nullable=True),
        sa.Column("latest_end_on", sa.Date(), nullable=True),
        sa.Column("allows_options", sa.Boolean(), nullable=False),
        sa.Column("delegate_post", sa.String(length=200), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["directorate_id"], ["directorate.id"], name=op.f("fk_approval_directorate_id_directorate")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
    )
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_approval_directorate_id"), ["directorate_id"], unique=False)

    op.create_table(
        "division",
        sa.Column("directorate_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "until_on IS NULL OR from_on IS NULL OR until_on >= from_on", name=op.f("ck_division_ends_after_it_starts")
        ),
        sa.ForeignKeyConstraint(
            ["directorate_id"], ["directorate.id"], name=op.f("fk_division_directorate_id_directorate")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_division")),
        sa.UniqueConstraint("directorate_id", "name_key", name=op.f("uq_division_directorate_id_name_key")),
    )
    op.create_table(
        "import_run",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=300), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "reading",
                "columns to check",
                "going through the rows",
                "rows to check",
                "storing",
                "done",
                "could not be read",
                "undone",
                "abandoned",
                "interrupted",
                name="runstate",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by", sa.String(length=200), nullable=False),
        sa.Column("started_by_id", sa.Integer(), nullable=True),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("act", sa.String(length=36), nullable=True),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["import_source.id"], name=op.f("fk_import_run_source_id_import_source")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    with op.batch_alter_table("import_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_run_file_hash"), ["file_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_run_source_id"), ["source_id"], unique=False)

    op.create_table(
        "in_house_unit",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.Column("directorate_id", sa.Integer(), nullable=False),
        sa.Column("head_post", sa.String(length=200), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["directorate_id"], ["directorate.id"], name=op.f("fk_in_house_unit_directorate_id_directorate")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_in_house_unit")),
    )
    with op.batch_alter_table("in_house_unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_in_house_unit_directorate_id"), ["directorate_id"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("meets_on", sa.Date(), nullable=False),
        sa.Column("papers_due_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "papers_due_on IS NULL OR papers_due_on <= meets_on", name=op.f("ck_meeting_papers_come_first")
        ),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_meeting_committee_id_committee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("committee_id", "meets_on", name=op.f("uq_meeting_committee_id_meets_on")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_meets_on"), ["meets_on"], unique=False)

    op.create_table(
        "one_use_link",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_one_use_link_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_use_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_one_use_link_token_hash")),
    )
    with op.batch_alter_table("one_use_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_one_use_link_person_id"), ["person_id"], unique=False)

    op.create_table(
        "provider_identifier",
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=60), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["provider.id"], name=op.f("fk_provider_identifier_provider_id_provider")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_identifier")),
        sa.UniqueConstraint(
            "provider_id", "scheme", "value", name=op.f("uq_provider_identifier_provider_id_scheme_value")
        ),
    )
    with op.batch_alter_table("provider_identifier", schema=None) as batch_op:
        batch_op.create_index("ix_provider_identifier_scheme_value", ["scheme", "value"], unique=False)

    op.create_table(
        "provider_name",
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_provider_name_provider_id_provider")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_name")),
        sa.UniqueConstraint("provider_id", "name_key", name=op.f("uq_provider_name_provider_id_name_key")),
    )
    with op.batch_alter_table("provider_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_provider_name_name_key"), ["name_key"], unique=False)

    op.create_table(
        "role_held",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "administrator",
                "procurement",
                "commissioner",
                "planner",
                "director",
                "member",
                "clerk",
                "performance",
                "finance",
                "auditor",
                name="role",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column(
            "scope",
            sa.Enum(
                "council",
                "directorate",
                "division",
                "committee",
                "portfolio",
                name="scopekind",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("scope_id", sa.Integer(), nullable=True),
        sa.Column("exempt", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(scope = 'council') = (scope_id IS NULL)", name=op.f("ck_role_held_scope_says_where")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_held_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_held")),
    )
    with op.batch_alter_table("role_held", schema=None) as batch_op:
        batch_op.create_index("ix_role_held_person_id", ["person_id"], unique=False)

    op.create_table(
        "signed_in_session",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("browser", sa.String(length=300), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_signed_in_session_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_in_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_signed_in_session_token_hash")),
    )
    with op.batch_alter_table("signed_in_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signed_in_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "social_value_statement",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("directorate_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source_policy", sa.String(length=300), nullable=True),
        sa.Column("signed_off_by", sa.String(length=200), nullable=True),
        sa.Column("signed_off_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(signed_off_on IS NULL) = (signed_off_by IS NULL)",
            name=op.f("ck_social_value_statement_sign_off_has_name_and_date"),
        ),
        sa.ForeignKeyConstraint(
            ["directorate_id"], ["directorate.id"], name=op.f("fk_social_value_statement_directorate_id_directorate")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_social_value_statement")),
        sa.UniqueConstraint("directorate_id", "year", name=op.f("uq_social_value_statement_directorate_id_year")),
    )
    op.create_table(
        "trading_company",
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("plan_title", sa.String(length=300), nullable=True),
        sa.Column("plan_on", sa.Date(), nullable=True),
        sa.Column("plan_url", sa.String(length=500), nullable=True),
        sa.Column("shareholder_lead_post", sa.String(length=200), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_trading_company_provider_id_provider")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trading_company")),
        sa.UniqueConstraint("provider_id", name=op.f("uq_trading_company_provider_id")),
    )
    op.create_table(
        "remit",
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("directorate_id", sa.Integer(), nullable=True),
        sa.Column("division_id", sa.Integer(), nullable=True),
        sa.Column("portfolio_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "directorate_id IS NOT NULL OR division_id IS NOT NULL OR portfolio_id IS NOT NULL",
            name=op.f("ck_remit_covers_something"),
        ),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_remit_committee_id_committee")),
        sa.ForeignKeyConstraint(
            ["directorate_id"], ["directorate.id"], name=op.f("fk_remit_directorate_id_directorate")
        ),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_remit_division_id_division")),
        sa.ForeignKeyConstraint(["portfolio_id"], ["portfolio.id"], name=op.f("fk_remit_portfolio_id_portfolio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remit")),
    )
    with op.batch_alter_table("remit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_remit_committee_id"), ["committee_id"], unique=False)

    op.create_table(
        "service",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.Column("directorate_id", sa.Integer(), nullable=False),
        sa.Column("division_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column(
            "route",
            sa.Enum(
                "in-house",
                "external",
                "mixed",
                "trading company",
                "shared or partnership",
                name="deliveryroute",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("in_house_unit_id", sa.Integer(), nullable=True),
        sa.Column("gross_budget", sa.BigInteger(), nullable=True),
        sa.Column("net_budget", sa.BigInteger(), nullable=True),
        sa.Column("budget_year", sa.Integer(), nullable=True),
        sa.Column("fte", sa.BigInteger(), nullable=True),
        sa.Column("statutory", sa.Boolean(), nullable=True),
        sa.Column("head_post", sa.String(length=200), nullable=True),
        sa.Column("outcome_id", sa.Integer(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "until_on IS NULL OR from_on IS NULL OR until_on >= from_on", name=op.f("ck_service_ends_after_it_starts")
        ),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_reason IS NOT NULL", name=op.f("ck_service_withdrawal_has_a_reason")
        ),
        sa.ForeignKeyConstraint(
            ["directorate_id"], ["directorate.id"], name=op.f("fk_service_directorate_id_directorate")
        ),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_service_division_id_division")),
        sa.ForeignKeyConstraint(
            ["in_house_unit_id"], ["in_house_unit.id"], name=op.f("fk_service_in_house_unit_id_in_house_unit")
        ),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcome.id"], name=op.f("fk_service_outcome_id_outcome")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
        sa.UniqueConstraint("uid", name=op.f("uq_service_uid")),
    )
    with op.batch_alter_table("service", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_division_id"), ["division_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_in_house_unit_id"), ["in_house_unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_name_key"), ["name_key"], unique=False)
        batch_op.create_index(
            "ix_service_order", ["directorate_id", "division_id", "position", "name_key"], unique=False
        )

    op.create_table(
        "arrangement",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("title_key", sa.String(length=300), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "framework and its call-offs",
                "agreement with many providers",
                "approved list",
                name="arrangementkind",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("directorate_id", sa.Integer(), nullable=False),
        sa.Column("division_id", sa.Integer(), nullable=True),
        sa.Column("lead_service_id", sa.Integer(), nullable=True),
        sa.Column("reference", sa.String(length=100), nullable=True),
        sa.Column(
            "valuation",
            sa.Enum(
                "the value stated for the whole",
                "the sum of its contracts",
                "one value repeated on each contract",
                name="arrangementvaluation",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("value_low", sa.BigInteger(), nullable=True),
        sa.Column("value_high", sa.BigInteger(), nullable=True),
        sa.Column("annual_value", sa.BigInteger(), nullable=True),
        sa.Column("value_note", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "value_high IS NULL OR value_high >= value_low", name=op.f("ck_arrangement_range_runs_upwards")
        ),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_reason IS NOT NULL", name=op.f("ck_arrangement_withdrawal_has_a_reason")
        ),
        sa.ForeignKeyConstraint(
            ["directorate_id"], ["directorate.id"], name=op.f("fk_arrangement_directorate_id_directorate")
        ),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_arrangement_division_id_division")),
        sa.ForeignKeyConstraint(
            ["lead_service_id"], ["service.id"], name=op.f("fk_arrangement_lead_service_id_service")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrangement")),
        sa.UniqueConstraint("uid", name=op.f("uq_arrangement_uid")),
    )
    with op.batch_alter_table("arrangement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_arrangement_directorate_id"), ["directorate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_arrangement_title_key"), ["title_key"], unique=False)

    op.create_table(
        "delivery_period",
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column(
            "route",
            sa.Enum(
                "in-house",
                "external",
                "mixed",
                "trading company",
                "shared or partnership",
                name="deliveryroute",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "until_on IS NULL OR from_on IS NULL OR until_on >= from_on",
            name=op.f("ck_delivery_period_ends_after_it_starts"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_delivery_period_service_id_service")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_period")),
    )
    with op.batch_alter_table("delivery_period", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_period_service_id"), ["service_id"], unique=False)

    op.create_table(
        "contract",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=100), nullable=True),
        sa.Column("reference_key", sa.String(length=100), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("title_key", sa.String(length=300), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column(
            "form",
            sa.Enum(
                "contract",
                "framework",
                "call-off",
                "grant",
                "service level agreement",
                "internal service level agreement",
                "memorandum",
                name="contractform",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column(
            "stage",
            sa.Enum(
                "planned", "awarded", "suspended", "ended early", name="contractstage", native_enum=False, length=60
            ),
            nullable=False,
        ),
        sa.Column("directorate_id", sa.Integer(), nullable=False),
        sa.Column("division_id", sa.Integer(), nullable=True),
        sa.Column("lead_service_id", sa.Integer(), nullable=True),
        sa.Column("arrangement_id", sa.Integer(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("outcome_id", sa.Integer(), nullable=True),
        sa.Column("approval_id", sa.Integer(), nullable=True),
        sa.Column("awarded_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("awarded_end_on", sa.Date(), nullable=True),
        sa.Column("current_end_on", sa.Date(), nullable=True),
        sa.Column("latest_end_on", sa.Date(), nullable=True),
        sa.Column("rolling", sa.Boolean(), nullable=False),
        sa.Column("notice_months", sa.Integer(), nullable=True),
        sa.Column("end_condition", sa.String(length=500), nullable=True),
        sa.Column("ended_early_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("awarded_low", sa.BigInteger(), nullable=True),
        sa.Column("awarded_high", sa.BigInteger(), nullable=True),
        sa.Column("current_low", sa.BigInteger(), nullable=True),
        sa.Column("current_high", sa.BigInteger(), nullable=True),
        sa.Column("maximum_low", sa.BigInteger(), nullable=True),
        sa.Column("maximum_high", sa.BigInteger(), nullable=True),
        sa.Column("maximum_at_least", sa.Boolean(), nullable=False),
        sa.Column("whole_life_figure", sa.BigInteger(), nullable=True),
        sa.Column("annual_figure", sa.BigInteger(), nullable=True),
        sa.Column("renewal_figure", sa.BigInteger(), nullable=True),
        sa.Column("annual_low", sa.BigInteger(), nullable=True),
        sa.Column("annual_high", sa.BigInteger(), nullable=True),
        sa.Column(
            "certainty",
            sa.Enum("fixed", "estimate", "maximum", "nominal", name="valuecertainty", native_enum=False, length=60),
            nullable=True,
        ),
        sa.Column("share_of", sa.String(length=300), nullable=True),
        sa.Column("value_note", sa.String(length=1000), nullable=True),
        sa.Column("irrecoverable_vat", sa.BigInteger(), nullable=True),
        sa.Column(
            "vat_treatment",
            sa.Enum(
                "standard rate",
                "reduced rate",
                "zero rate",
                "exempt",
                "outside the scope",
                name="vattreatment",
                native_enum=False,
                length=60,
            ),
            nullable=True,
        ),
        sa.Column("exempt", sa.Boolean(), nullable=False),
        sa.Column("exempt_ground", sa.String(length=300), nullable=True),
        sa.Column("exempt_by", sa.String(length=200), nullable=True),
        sa.Column("exempt_review_on", sa.Date(), nullable=True),
        sa.Column("embargoed_until", sa.Date(), nullable=True),
        sa.Column(
            "process",
            sa.Enum(
                "invitation to quote",
                "published invitation to tender",
                "other",
                name="processkind",
                native_enum=False,
                length=60,
            ),
            nullable=True,
        ),
        sa.Column(
            "procurement_status",
            sa.Enum(
                "not started",
                "planning",
                "out to tender",
                "evaluation",
                "award",
                "mobilisation",
                "complete",
                name="procurementstatus",
                native_enum=False,
                length=60,
            ),
            nullable=True,
        ),
        sa.Column("cpv_code", sa.String(length=20), nullable=True),
        sa.Column("cpv_label", sa.String(length=300), nullable=True),
        sa.Column("lead_time_months", sa.Integer(), nullable=True),
        sa.Column("expected_term_months", sa.Integer(), nullable=True),
        sa.Column("concern", sa.String(length=1000), nullable=True),
        sa.Column("manager_post", sa.String(length=200), nullable=True),
        sa.Column("manager_post_key", sa.String(length=200), nullable=True),
        sa.Column("contact_email", sa.String(length=300), nullable=True),
        sa.Column("document_url", sa.String(length=1000), nullable=True),
        sa.Column("tender_url", sa.String(length=1000), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=1000), nullable=True),
        sa.Column("provider_key", sa.String(length=300), nullable=True),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "stage <> 'ended early' OR ended_early_on IS NOT NULL", name=op.f("ck_contract_early_end_has_a_date")
        ),
        sa.CheckConstraint("NOT exempt OR exempt_ground IS NOT NULL", name=op.f("ck_contract_exemption_has_a_ground")),
        sa.CheckConstraint(
            "annual_high IS NULL OR annual_high >= annual_low", name=op.f("ck_contract_annual_range_runs_upwards")
        ),
        sa.CheckConstraint(
            "annual_low IS NULL OR annual_high IS NOT NULL", name=op.f("ck_contract_an_annual_value_has_both_ends")
        ),
        sa.CheckConstraint(
            "awarded_high IS NULL OR awarded_high >= awarded_low", name=op.f("ck_contract_range_runs_upwards")
        ),
        sa.CheckConstraint(
            "awarded_low IS NULL OR awarded_high IS NOT NULL", name=op.f("ck_contract_a_value_has_both_ends")
        ),
        sa.CheckConstraint("current_end_on >= starts_on", name=op.f("ck_contract_ends_after_it_starts")),
        sa.CheckConstraint("latest_end_on >= current_end_on", name=op.f("ck_contract_latest_end_is_the_last")),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_reason IS NOT NULL", name=op.f("ck_contract_withdrawal_has_a_reason")
        ),
        sa.ForeignKeyConstraint(["approval_id"], ["approval.id"], name=op.f("fk_contract_approval_id_approval")),
        sa.ForeignKeyConstraint(
            ["arrangement_id"], ["arrangement.id"], name=op.f("fk_contract_arrangement_id_arrangement")
        ),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_contract_category_id_category")),
        sa.ForeignKeyConstraint(
            ["directorate_id"], ["directorate.id"], name=op.f("fk_contract_directorate_id_directorate")
        ),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_contract_division_id_division")),
        sa.ForeignKeyConstraint(["lead_service_id"], ["service.id"], name=op.f("fk_contract_lead_service_id_service")),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcome.id"], name=op.f("fk_contract_outcome_id_outcome")),
        sa.ForeignKeyConstraint(["parent_id"], ["contract.id"], name=op.f("fk_contract_parent_id_contract")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_contract_programme_id_programme")),
        sa.ForeignKeyConstraint(["replaces_id"], ["contract.id"], name=op.f("fk_contract_replaces_id_contract")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("uid", name=op.f("uq_contract_uid")),
    )
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_approval_id"), ["approval_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_arrangement_id"), ["arrangement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_category_id"), ["category_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_division_id"), ["division_id"], unique=False)
        batch_op.create_index("ix_contract_end", ["withdrawn_at", "current_end_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_form"), ["form"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_lead_service_id"), ["lead_service_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_manager_post_key"), ["manager_post_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_programme_id"), ["programme_id"], unique=False)
        batch_op.create_index("ix_contract_provider", ["withdrawn_at", "provider_key", "id"], unique=False)
        batch_op.create_index("ix_contract_reference", ["withdrawn_at", "reference_key", "id"], unique=False)
        batch_op.create_index("ix_contract_whole_life_figure", ["whole_life_figure"], unique=False)
        batch_op.create_index("ix_contract_annual_figure", ["annual_figure"], unique=False)
        batch_op.create_index("ix_contract_renewal_figure", ["renewal_figure"], unique=False)
        batch_op.create_index("ix_contract_reference_key", ["reference_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_replaces_id"), ["replaces_id"], unique=False)
        batch_op.create_index("ix_contract_start", ["withdrawn_at", "starts_on", "id"], unique=False)
        batch_op.create_index("ix_contract_title", ["withdrawn_at", "title_key", "id"], unique=False)
        batch_op.create_index("ix_contract_unit_end", ["directorate_id", "division_id", "current_end_on"], unique=False)
        batch_op.create_index("ix_contract_value", ["withdrawn_at", "current_high", "id"], unique=False)

    op.create_table(
        "activity",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("title_key", sa.String(length=300), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "service redesign",
                "commission new",
                "re-procure",
                "extend",
                "vary",
                "bring in-house",
                "transfer to a company",
                name="activitykind",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column(
            "decision",
            sa.Enum("authority to procure", "award", name="decisionkind", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum("expected", "taken", "withdrawn", name="activitystate", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("directorate_id", sa.Integer(), nullable=False),
        sa.Column("division_id", sa.Integer(), nullable=True),
        sa.Column("committee_id", sa.Integer(), nullable=True),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("arrangement_id", sa.Integer(), nullable=True),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("decision_taker", sa.String(length=200), nullable=True),
        sa.Column("lead_post", sa.String(length=200), nullable=True),
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
        sa.Column(
            "original_timing",
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
        sa.Column("original_expected_on", sa.Date(), nullable=True),
        sa.Column(
            "likelihood",
            sa.Enum("firm", "likely", "possible", name="likelihood", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("expected_months", sa.Integer(), nullable=True),
        sa.Column(
            "value_certainty",
            sa.Enum("fixed", "estimate", "maximum", "nominal", name="valuecertainty", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("value_note", sa.String(length=1000), nullable=True),
        sa.Column("exempt", sa.Boolean(), nullable=False),
        sa.Column("exempt_ground", sa.String(length=300), nullable=True),
        sa.Column("two_divisions", sa.Boolean(), nullable=False),
        sa.Column("two_divisions_reason", sa.String(length=1000), nullable=True),
        sa.Column("other_ground", sa.String(length=1000), nullable=True),
        sa.Column(
            "judgement",
            sa.Enum(
                "a key decision is needed", "no key decision is needed", name="judgement", native_enum=False, length=60
            ),
            nullable=True,
        ),
        sa.Column("judgement_reason", sa.String(length=1000), nullable=True),
        sa.Column("judged_amount", sa.BigInteger(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decision_reference", sa.String(length=60), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(timing = 'not known yet') = (expected_on IS NULL)", name=op.f("ck_activity_timing_says_when")
        ),
        sa.CheckConstraint("state <> 'taken' OR decided_on IS NOT NULL", name=op.f("ck_activity_taken_says_when")),
        sa.CheckConstraint("NOT exempt OR exempt_ground IS NOT NULL", name=op.f("ck_activity_exemption_has_a_ground")),
        sa.CheckConstraint(
            "NOT two_divisions OR two_divisions_reason IS NOT NULL", name=op.f("ck_activity_effect_has_a_reason")
        ),
        sa.CheckConstraint(
            "judgement IS NULL OR judgement_reason IS NOT NULL", name=op.f("ck_activity_judgement_has_a_reason")
        ),
        sa.ForeignKeyConstraint(
            ["arrangement_id"], ["arrangement.id"], name=op.f("fk_activity_arrangement_id_arrangement")
        ),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_activity_committee_id_committee")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_activity_contract_id_contract")),
        sa.ForeignKeyConstraint(
            ["directorate_id"], ["directorate.id"], name=op.f("fk_activity_directorate_id_directorate")
        ),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_activity_division_id_division")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_activity_programme_id_programme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("uid", name=op.f("uq_activity_uid")),
    )
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_arrangement_id"), ["arrangement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_activity_committee_id"), ["committee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_activity_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_activity_directorate_id"), ["directorate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_activity_division_id"), ["division_id"], unique=False)
        batch_op.create_index("ix_activity_expected", ["state", "expected_on", "id"], unique=False)

    op.create_table(
        "agreement",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "proposed",
                "being put in place",
                "in place",
                "under review",
                "ended",
                name="agreementstatus",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("client_lead_post", sa.String(length=200), nullable=True),
        sa.Column("decision_reference", sa.String(length=60), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_agreement_contract_id_contract")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("contract_id", name=op.f("uq_agreement_contract_id")),
    )
    op.create_table(
        "annex_choice",
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("arrangement_id", sa.Integer(), nullable=True),
        sa.Column("included", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chosen_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(contract_id IS NULL) <> (arrangement_id IS NULL)", name=op.f("ck_annex_choice_is_about_one")
        ),
        sa.ForeignKeyConstraint(
            ["arrangement_id"], ["arrangement.id"], name=op.f("fk_annex_choice_arrangement_id_arrangement")
        ),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_annex_choice_contract_id_contract")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annex_choice")),
        sa.UniqueConstraint("arrangement_id", name=op.f("uq_annex_choice_arrangement_id")),
        sa.UniqueConstraint("contract_id", name=op.f("uq_annex_choice_contract_id")),
    )
    op.create_table(
        "annex_export",
        sa.Column("directorate_id", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("format", sa.String(length=20), nullable=False),
        sa.Column("exported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("exported_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["directorate_id"], ["directorate.id"], name=op.f("fk_annex_export_directorate_id_directorate")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annex_export")),
    )
    with op.batch_alter_table("annex_export", schema=None) as batch_op:
        batch_op.create_index("ix_annex_export_directorate", ["directorate_id", "year", "id"], unique=False)

    op.create_table(
        "contract_provider",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("share", sa.BigInteger(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_contract_provider_contract_id_contract")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["provider.id"], name=op.f("fk_contract_provider_provider_id_provider")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_provider")),
        sa.UniqueConstraint("contract_id", "provider_id", name=op.f("uq_contract_provider_contract_id_provider_id")),
    )
    with op.batch_alter_table("contract_provider", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_provider_provider_id"), ["provider_id"], unique=False)

    op.create_table(
        "contract_service",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_contract_service_contract_id_contract")
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_contract_service_service_id_service")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_service")),
        sa.UniqueConstraint("contract_id", "service_id", name=op.f("uq_contract_service_contract_id_service_id")),
    )
    with op.batch_alter_table("contract_service", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_service_service_id"), ["service_id"], unique=False)

    op.create_table(
        "extension_option",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("notice_months", sa.Integer(), nullable=True),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.Column("lapsed", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("months > 0 OR ends_on IS NOT NULL", name=op.f("ck_extension_option_adds_time")),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_extension_option_contract_id_contract")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension_option")),
        sa.UniqueConstraint("contract_id", "position", name=op.f("uq_extension_option_contract_id_position")),
    )
    op.create_table(
        "import_link",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("row_key", sa.String(length=300), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("brought", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_import_link_contract_id_contract")),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_import_link_run_id_import_run")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["import_source.id"], name=op.f("fk_import_link_source_id_import_source")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_link")),
        sa.UniqueConstraint("source_id", "row_key", name=op.f("uq_import_link_source_id_row_key")),
    )
    with op.batch_alter_table("import_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_link_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_link_run_id"), ["run_id"], unique=False)

    op.create_table(
        "import_row",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(length=100), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("understood", sa.JSON(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "created", "updated", "unchanged", "held", "refused", name="rowoutcome", native_enum=False, length=60
            ),
            nullable=True,
        ),
        sa.Column("remarks", sa.JSON(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_import_row_contract_id_contract")),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_import_row_run_id_import_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
    )
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_row_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index("ix_import_row_run_outcome", ["run_id", "outcome", "id"], unique=False)

    op.create_table(
        "social_value_commitment",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("directorate_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("theme", sa.String(length=100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("measure", sa.String(length=200), nullable=True),
        sa.Column("unit", sa.String(length=60), nullable=True),
        sa.Column("target", sa.BigInteger(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "withdrawn_reason IS NULL OR length(withdrawn_reason) > 0",
            name=op.f("ck_social_value_commitment_withdrawal_has_a_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_social_value_commitment_contract_id_contract")
        ),
        sa.ForeignKeyConstraint(
            ["directorate_id"], ["directorate.id"], name=op.f("fk_social_value_commitment_directorate_id_directorate")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_social_value_commitment")),
        sa.UniqueConstraint("uid", name=op.f("uq_social_value_commitment_uid")),
    )
    with op.batch_alter_table("social_value_commitment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_social_value_commitment_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_social_value_commitment_directorate_id"), ["directorate_id"], unique=False)

    op.create_table(
        "activity_line",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("revenue", "capital", "savings", name="linekind", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("low", sa.BigInteger(), nullable=False),
        sa.Column("high", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("high >= low", name=op.f("ck_activity_line_range_runs_upwards")),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_activity_line_activity_id_activity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_line")),
    )
    with op.batch_alter_table("activity_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_line_activity_id"), ["activity_id"], unique=False)

    op.create_table(
        "activity_move",
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
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_activity_move_activity_id_activity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_move")),
    )
    with op.batch_alter_table("activity_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_move_activity_id"), ["activity_id"], unique=False)

    op.create_table(
        "activity_service",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_activity_service_activity_id_activity")
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_activity_service_service_id_service")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_service")),
        sa.UniqueConstraint("activity_id", "service_id", name=op.f("uq_activity_service_activity_id_service_id")),
    )
    with op.batch_alter_table("activity_service", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_service_service_id"), ["service_id"], unique=False)

    op.create_table(
        "agreement_standard",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=300), nullable=False),
        sa.Column("target", sa.String(length=200), nullable=True),
        sa.Column("latest_result", sa.String(length=200), nullable=True),
        sa.Column("latest_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_standard_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_agreement_standard_contract_id_contract")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_standard")),
    )
    with op.batch_alter_table("agreement_standard", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_standard_agreement_id"), ["agreement_id"], unique=False)

    op.create_table(
        "contract_event",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("extension", "variation", "correction", name="eventkind", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("option_id", sa.Integer(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("value_change", sa.BigInteger(), nullable=True),
        sa.Column("annual_change", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("decision_reference", sa.String(length=60), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_contract_event_contract_id_contract")),
        sa.ForeignKeyConstraint(
            ["option_id"], ["extension_option.id"], name=op.f("fk_contract_event_option_id_extension_option")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_event")),
    )
    with op.batch_alter_table("contract_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_event_contract_id"), ["contract_id"], unique=False)

    op.create_table(
        "proposal_answer",
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("arrangement_id", sa.Integer(), nullable=True),
        sa.Column(
            "verdict",
            sa.Enum("accepted", "dismissed", name="proposalverdict", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("judged_end_on", sa.Date(), nullable=True),
        sa.Column("judged_value", sa.BigInteger(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.String(length=200), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "verdict <> 'dismissed' OR reason IS NOT NULL", name=op.f("ck_proposal_answer_dismissal_has_a_reason")
        ),
        sa.CheckConstraint(
            "(contract_id IS NULL) <> (arrangement_id IS NULL)", name=op.f("ck_proposal_answer_is_about_one")
        ),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_proposal_answer_activity_id_activity")),
        sa.ForeignKeyConstraint(
            ["arrangement_id"], ["arrangement.id"], name=op.f("fk_proposal_answer_arrangement_id_arrangement")
        ),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_proposal_answer_contract_id_contract")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_answer")),
    )
    with op.batch_alter_table("proposal_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_answer_arrangement_id"), ["arrangement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_answer_contract_id"), ["contract_id"], unique=False)

    op.create_table(
        "social_value_delivery",
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("claimed", "verified", "sent back", name="deliverystate", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("evidence", sa.String(length=1000), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state <> 'sent back' OR reason IS NOT NULL", name=op.f("ck_social_value_delivery_sent_back_says_why")
        ),
        sa.CheckConstraint(
            "state <> 'verified' OR evidence IS NOT NULL", name=op.f("ck_social_value_delivery_verified_shows_evidence")
        ),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["social_value_commitment.id"],
            name=op.f("fk_social_value_delivery_commitment_id_social_value_commitment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_social_value_delivery")),
    )
    with op.batch_alter_table("social_value_delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_social_value_delivery_commitment_id"), ["commitment_id"], unique=False)

    op.create_table(
        "arrangement_dismissal",
        sa.Column("key", sa.String(length=800), nullable=False),
        sa.Column("contracts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dismissed_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrangement_dismissal")),
        sa.UniqueConstraint("key", name=op.f("uq_arrangement_dismissal_key")),
    )

    _index_the_words()
    _seal_the_history()


def _index_the_words() -> None:
    """Full text over contract.search_text: FTS5 kept by triggers on SQLite, a GIN index on PostgreSQL."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE INDEX ix_contract_search ON contract USING gin (to_tsvector('simple', search_text))")
        return
    op.execute(
        "CREATE VIRTUAL TABLE contract_search USING fts5"
        "(search_text, content='contract', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3')"
    )
    gone = (
        "INSERT INTO contract_search(contract_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);"
    )
    here = "INSERT INTO contract_search(rowid, search_text) VALUES (new.id, new.search_text);"
    op.execute(f"CREATE TRIGGER contract_search_added AFTER INSERT ON contract BEGIN {here} END")
    op.execute(f"CREATE TRIGGER contract_search_removed AFTER DELETE ON contract BEGIN {gone} END")
    op.execute(
        f"CREATE TRIGGER contract_search_changed AFTER UPDATE OF search_text ON contract "
        f"WHEN old.search_text <> new.search_text BEGIN {gone} {here} END"
    )


def _seal_the_history() -> None:
    """Let lines be added to the change history, and nothing else."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION change_is_sealed() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the change history is never altered'; END $$"
        )
        op.execute(
            "CREATE TRIGGER change_is_sealed BEFORE UPDATE OR DELETE OR TRUNCATE ON change "
            "FOR EACH STATEMENT EXECUTE FUNCTION change_is_sealed()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER change_sealed_{act.lower()} BEFORE {act} ON change "
            "BEGIN SELECT RAISE(ABORT, 'the change history is never altered'); END"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER change_is_sealed ON change")
        op.execute("DROP FUNCTION change_is_sealed")
        op.execute("DROP INDEX ix_contract_search")
    else:
        op.execute("DROP TABLE contract_search")
    op.drop_table("arrangement_dismissal")

    with op.batch_alter_table("social_value_delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_social_value_delivery_commitment_id"))

    op.drop_table("social_value_delivery")
    with op.batch_alter_table("proposal_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_answer_contract_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_answer_arrangement_id"))

    op.drop_table("proposal_answer")
    with op.batch_alter_table("contract_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_event_contract_id"))

    op.drop_table("contract_event")
    with op.batch_alter_table("agreement_standard", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_standard_agreement_id"))

    op.drop_table("agreement_standard")
    with op.batch_alter_table("activity_service", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_service_service_id"))

    op.drop_table("activity_service")
    with op.batch_alter_table("activity_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_move_activity_id"))

    op.drop_table("activity_move")
    with op.batch_alter_table("activity_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_line_activity_id"))

    op.drop_table("activity_line")
    with op.batch_alter_table("social_value_commitment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_social_value_commitment_directorate_id"))
        batch_op.drop_index(batch_op.f("ix_social_value_commitment_contract_id"))

    op.drop_table("social_value_commitment")
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.drop_index("ix_import_row_run_outcome")
        batch_op.drop_index(batch_op.f("ix_import_row_contract_id"))

    op.drop_table("import_row")
    with op.batch_alter_table("import_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_link_run_id"))
        batch_op.drop_index(batch_op.f("ix_import_link_contract_id"))

    op.drop_table("import_link")
    op.drop_table("extension_option")
    with op.batch_alter_table("contract_service", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_service_service_id"))

    op.drop_table("contract_service")
    with op.batch_alter_table("contract_provider", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_provider_provider_id"))

    op.drop_table("contract_provider")
    with op.batch_alter_table("annex_export", schema=None) as batch_op:
        batch_op.drop_index("ix_annex_export_directorate")

    op.drop_table("annex_export")
    op.drop_table("annex_choice")
    op.drop_table("agreement")
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_index("ix_activity_expected")
        batch_op.drop_index(batch_op.f("ix_activity_division_id"))
        batch_op.drop_index(batch_op.f("ix_activity_directorate_id"))
        batch_op.drop_index(batch_op.f("ix_activity_contract_id"))
        batch_op.drop_index(batch_op.f("ix_activity_committee_id"))
        batch_op.drop_index(batch_op.f("ix_activity_arrangement_id"))

    op.drop_table("activity")
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.drop_index("ix_contract_value")
        batch_op.drop_index("ix_contract_unit_end")
        batch_op.drop_index("ix_contract_title")
        batch_op.drop_index("ix_contract_start")
        batch_op.drop_index(batch_op.f("ix_contract_replaces_id"))
        batch_op.drop_index("ix_contract_reference_key")
        batch_op.drop_index("ix_contract_renewal_figure")
        batch_op.drop_index("ix_contract_annual_figure")
        batch_op.drop_index("ix_contract_whole_life_figure")
        batch_op.drop_index("ix_contract_reference")
        batch_op.drop_index("ix_contract_provider")
        batch_op.drop_index(batch_op.f("ix_contract_programme_id"))
        batch_op.drop_index(batch_op.f("ix_contract_parent_id"))
        batch_op.drop_index(batch_op.f("ix_contract_manager_post_key"))
        batch_op.drop_index(batch_op.f("ix_contract_lead_service_id"))
        batch_op.drop_index(batch_op.f("ix_contract_form"))
        batch_op.drop_index("ix_contract_end")
        batch_op.drop_index(batch_op.f("ix_contract_division_id"))
        batch_op.drop_index(batch_op.f("ix_contract_category_id"))
        batch_op.drop_index(batch_op.f("ix_contract_arrangement_id"))
        batch_op.drop_index(batch_op.f("ix_contract_approval_id"))

    op.drop_table("contract")
    with op.batch_alter_table("delivery_period", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_period_service_id"))

    op.drop_table("delivery_period")
    with op.batch_alter_table("arrangement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_arrangement_title_key"))
        batch_op.drop_index(batch_op.f("ix_arrangement_directorate_id"))

    op.drop_table("arrangement")
    with op.batch_alter_table("service", schema=None) as batch_op:
        batch_op.drop_index("ix_service_order")
        batch_op.drop_index(batch_op.f("ix_service_name_key"))
        batch_op.drop_index(batch_op.f("ix_service_in_house_unit_id"))
        batch_op.drop_index(batch_op.f("ix_service_division_id"))

    op.drop_table("service")
    with op.batch_alter_table("remit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_remit_committee_id"))

    op.drop_table("remit")
    op.drop_table("trading_company")
    op.drop_table("social_value_statement")
    with op.batch_alter_table("signed_in_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signed_in_session_person_id"))

    op.drop_table("signed_in_session")
    with op.batch_alter_table("role_held", schema=None) as batch_op:
        batch_op.drop_index("ix_role_held_person_id")

    op.drop_table("role_held")
    with op.batch_alter_table("provider_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_provider_name_name_key"))

    op.drop_table("provider_name")
    with op.batch_alter_table("provider_identifier", schema=None) as batch_op:
        batch_op.drop_index("ix_provider_identifier_scheme_value")

    op.drop_table("provider_identifier")
    with op.batch_alter_table("one_use_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_one_use_link_person_id"))

    op.drop_table("one_use_link")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_meets_on"))

    op.drop_table("meeting")
    with op.batch_alter_table("in_house_unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_in_house_unit_directorate_id"))

    op.drop_table("in_house_unit")
    with op.batch_alter_table("import_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_run_source_id"))
        batch_op.drop_index(batch_op.f("ix_import_run_file_hash"))

    op.drop_table("import_run")
    op.drop_table("division")
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_approval_directorate_id"))

    op.drop_table("approval")
    op.drop_table("stored_file")
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_attempt_email_at")
        batch_op.drop_index("ix_sign_in_attempt_address_at")

    op.drop_table("sign_in_attempt")
    op.drop_table("setting")
    with op.batch_alter_table("provider", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_provider_name_key"))

    op.drop_table("provider")
    op.drop_table("programme")
    op.drop_table("portfolio")
    op.drop_table("person")
    op.drop_table("outcome")
    op.drop_table("import_source")
    op.drop_table("directorate")
    op.drop_table("council")
    op.drop_table("committee")
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.drop_index("ix_change_record")
        batch_op.drop_index("ix_change_at")
        batch_op.drop_index(batch_op.f("ix_change_actor_id"))

    op.drop_table("change")
    op.drop_table("category")
    op.drop_table("bank_holiday")
