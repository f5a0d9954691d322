"""Record results, reviews, interim targets and measures."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "social_value_framework",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("edition", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=True),
        sa.Column("licence", sa.String(length=300), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_social_value_framework")),
        sa.UniqueConstraint("name", "edition", name=op.f("uq_social_value_framework_name_edition")),
    )
    op.create_table(
        "social_value_theme",
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["framework_id"],
            ["social_value_framework.id"],
            name=op.f("fk_social_value_theme_framework_id_social_value_framework"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_social_value_theme")),
        sa.UniqueConstraint("framework_id", "code", name=op.f("uq_social_value_theme_framework_id_code")),
    )
    op.create_table(
        "social_value_outcome",
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["framework_id"],
            ["social_value_framework.id"],
            name=op.f("fk_social_value_outcome_framework_id_social_value_framework"),
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["social_value_theme.id"], name=op.f("fk_social_value_outcome_theme_id_social_value_theme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_social_value_outcome")),
        sa.UniqueConstraint("framework_id", "code", name=op.f("uq_social_value_outcome_framework_id_code")),
    )
    op.create_index(op.f("ix_social_value_outcome_theme_id"), "social_value_outcome", ["theme_id"], unique=False)
    op.create_table(
        "social_value_measure",
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("outcome_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("proxy_value", sa.BigInteger(), nullable=True),
        sa.Column("proxy_version", sa.String(length=60), nullable=True),
        sa.Column("counting", sa.String(length=1000), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "until_on IS NULL OR from_on IS NULL OR until_on >= from_on",
            name=op.f("ck_social_value_measure_runs_forward"),
        ),
        sa.ForeignKeyConstraint(
            ["framework_id"],
            ["social_value_framework.id"],
            name=op.f("fk_social_value_measure_framework_id_social_value_framework"),
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"],
            ["social_value_outcome.id"],
            name=op.f("fk_social_value_measure_outcome_id_social_value_outcome"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_social_value_measure")),
        sa.UniqueConstraint("framework_id", "code", name=op.f("uq_social_value_measure_framework_id_code")),
    )
    op.create_index(op.f("ix_social_value_measure_outcome_id"), "social_value_measure", ["outcome_id"], unique=False)
    op.create_table(
        "social_value_consideration",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("considered_on", sa.Date(), nullable=True),
        sa.Column("considered_by", sa.String(length=200), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("consultation_considered", sa.Boolean(), nullable=True),
        sa.Column("urgency_reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "considered_on IS NOT NULL OR urgency_reason IS NOT NULL",
            name=op.f("ck_social_value_consideration_considered_or_urgent"),
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_social_value_consideration_contract_id_contract")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_social_value_consideration")),
        sa.UniqueConstraint("contract_id", name=op.f("uq_social_value_consideration_contract_id")),
    )
    op.create_table(
        "agreement_charge",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("charge", sa.BigInteger(), nullable=False),
        sa.Column("indexation", sa.String(length=300), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_charge_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_agreement_charge_contract_id_contract")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_charge")),
        sa.UniqueConstraint("agreement_id", "year", name=op.f("uq_agreement_charge_agreement_id_year")),
    )
    op.create_table(
        "agreement_move",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column(
            "was",
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
        sa.Column(
            "became",
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
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_agreement_move_a_move_has_a_reason")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_move_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_agreement_move_contract_id_contract")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_move")),
    )
    op.create_index(op.f("ix_agreement_move_agreement_id"), "agreement_move", ["agreement_id"], unique=False)
    op.create_table(
        "agreement_review",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("held_by", sa.String(length=300), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("actions", sa.Text(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_review_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_agreement_review_contract_id_contract")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_review")),
    )
    op.create_index(op.f("ix_agreement_review_agreement_id"), "agreement_review", ["agreement_id"], unique=False)
    op.create_table(
        "interim_target",
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_interim_target_asks_for_more")),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["social_value_commitment.id"],
            name=op.f("fk_interim_target_commitment_id_social_value_commitment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interim_target")),
        sa.UniqueConstraint("commitment_id", "due_on", name=op.f("uq_interim_target_commitment_id_due_on")),
    )
    op.create_table(
        "social_value_proxy",
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("framework", sa.String(length=300), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("proxy_version", sa.String(length=60), nullable=True),
        sa.Column("frozen_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["social_value_commitment.id"],
            name=op.f("fk_social_value_proxy_commitment_id_social_value_commitment"),
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"],
            ["social_value_measure.id"],
            name=op.f("fk_social_value_proxy_measure_id_social_value_measure"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_social_value_proxy")),
        sa.UniqueConstraint("commitment_id", name=op.f("uq_social_value_proxy_commitment_id")),
    )
    op.create_index(op.f("ix_social_value_proxy_measure_id"), "social_value_proxy", ["measure_id"], unique=False)
    op.create_table(
        "service_credit",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("standard_id", sa.Integer(), nullable=False),
        sa.Column("accrued_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.Column(
            "state",
            sa.Enum("accrued", "applied", "waived", name="creditstate", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("settled_by", sa.String(length=200), nullable=True),
        sa.Column("settled_reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'accrued') = (settled_on IS NULL) AND (settled_on IS NULL) = (settled_by IS NULL)",
            name=op.f("ck_service_credit_settled_has_name_and_date"),
        ),
        sa.CheckConstraint(
            "state <> 'waived' OR settled_reason IS NOT NULL", name=op.f("ck_service_credit_waived_says_why")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_service_credit_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_service_credit_contract_id_contract")),
        sa.ForeignKeyConstraint(
            ["standard_id"], ["agreement_standard.id"], name=op.f("fk_service_credit_standard_id_agreement_standard")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_credit")),
    )
    op.create_index(op.f("ix_service_credit_agreement_id"), "service_credit", ["agreement_id"], unique=False)
    op.create_table(
        "standard_result",
        sa.Column("standard_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.String(length=200), nullable=True),
        sa.Column(
            "suggested",
            sa.Enum("met", "within tolerance", "below", name="rating", native_enum=False, length=60),
            nullable=True,
        ),
        sa.Column(
            "rating",
            sa.Enum("met", "within tolerance", "below", name="rating", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("comment", sa.String(length=1000), nullable=True),
        sa.Column("evidence", sa.String(length=1000), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("correction_reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(corrects_id IS NULL) = (correction_reason IS NULL)",
            name=op.f("ck_standard_result_a_correction_has_a_reason"),
        ),
        sa.CheckConstraint("to_on >= from_on", name=op.f("ck_standard_result_period_runs_forward")),
        sa.CheckConstraint(
            "value IS NOT NULL OR words IS NOT NULL", name=op.f("ck_standard_result_a_result_says_something")
        ),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_standard_result_contract_id_contract")),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["standard_result.id"], name=op.f("fk_standard_result_corrects_id_standard_result")
        ),
        sa.ForeignKeyConstraint(
            ["standard_id"], ["agreement_standard.id"], name=op.f("fk_standard_result_standard_id_agreement_standard")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard_result")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_standard_result_corrects_id")),
    )
    op.create_index("ix_standard_result_standard", "standard_result", ["standard_id", "to_on"], unique=False)
    op.add_column("agreement", sa.Column("company_contact", sa.String(length=300), nullable=True))
    op.add_column("agreement", sa.Column("review_months", sa.Integer(), nullable=True))
    op.add_column("agreement_standard", sa.Column("target_value", sa.BigInteger(), nullable=True))
    op.add_column("agreement_standard", sa.Column("unit", sa.String(length=60), nullable=True))
    op.add_column(
        "agreement_standard",
        sa.Column(
            "direction",
            sa.Enum("higher is better", "lower is better", name="direction", native_enum=False, length=60),
            nullable=True,
        ),
    )
    op.add_column("agreement_standard", sa.Column("tolerance", sa.BigInteger(), nullable=True))
    op.add_column(
        "agreement_standard",
        sa.Column(
            "frequency",
            sa.Enum(
                "monthly", "quarterly", "every six months", "yearly", name="frequency", native_enum=False, length=60
            ),
            nullable=True,
        ),
    )
    op.add_column(
        "agreement_standard",
        sa.Column("linked_to_payment", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.add_column("agreement_standard", sa.Column("withdrawn_reason", sa.String(length=1000), nullable=True))
    op.add_column(
        "agreement_standard",
        sa.Column(
            "latest_rating",
            sa.Enum("met", "within tolerance", "below", name="rating", native_enum=False, length=60),
            nullable=True,
        ),
    )
    op.add_column("agreement_standard", sa.Column("below_in_a_row", sa.Integer(), server_default="0", nullable=False))
    op.add_column("agreement_standard", sa.Column("next_result_on", sa.Date(), nullable=True))
    op.add_column("social_value_commitment", sa.Column("outcome", sa.String(length=200), nullable=True))
    op.add_column("social_value_commitment", sa.Column("local_definition", sa.String(length=1000), nullable=True))
    op.add_column("social_value_commitment", sa.Column("contractual", sa.Boolean(), nullable=True))
    op.add_column("social_value_delivery", sa.Column("evidence_url", sa.String(length=1000), nullable=True))
    op.add_column("social_value_delivery", sa.Column("claimed_by", sa.String(length=200), nullable=True))
    op.add_column("social_value_delivery", sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("social_value_delivery", sa.Column("verified_by", sa.String(length=200), nullable=True))
    op.add_column("social_value_delivery", sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("social_value_delivery", "verified_at")
    op.drop_column("social_value_delivery", "verified_by")
    op.drop_column("social_value_delivery", "claimed_at")
    op.drop_column("social_value_delivery", "claimed_by")
    op.drop_column("social_value_delivery", "evidence_url")
    op.drop_column("social_value_commitment", "contractual")
    op.drop_column("social_value_commitment", "local_definition")
    op.drop_column("social_value_commitment", "outcome")
    op.drop_column("agreement_standard", "next_result_on")
    op.drop_column("agreement_standard", "below_in_a_row")
    op.drop_column("agreement_standard", "latest_rating")
    op.drop_column("agreement_standard", "withdrawn_reason")
    op.drop_column("agreement_standard", "linked_to_payment")
    op.drop_column("agreement_standard", "frequency")
    op.drop_column("agreement_standard", "tolerance")
    op.drop_column("agreement_standard", "direction")
    op.drop_column("agreement_standard", "unit")
    op.drop_column("agreement_standard", "target_value")
    op.drop_column("agreement", "review_months")
    op.drop_column("agreement", "company_contact")
    op.drop_index("ix_standard_result_standard", table_name="standard_result")
    op.drop_table("standard_result")
    op.drop_index(op.f("ix_service_credit_agreement_id"), table_name="service_credit")
    op.drop_table("service_credit")
    op.drop_index(op.f("ix_social_value_proxy_measure_id"), table_name="social_value_proxy")
    op.drop_table("social_value_proxy")
    op.drop_table("interim_target")
    op.drop_index(op.f("ix_agreement_review_agreement_id"), table_name="agreement_review")
    op.drop_table("agreement_review")
    op.drop_index(op.f("ix_agreement_move_agreement_id"), table_name="agreement_move")
    op.drop_table("agreement_move")
    op.drop_table("agreement_charge")
    op.drop_table("social_value_consideration")
    op.drop_index(op.f("ix_social_value_measure_outcome_id"), table_name="social_value_measure")
    op.drop_table("social_value_measure")
    op.drop_index(op.f("ix_social_value_outcome_theme_id"), table_name="social_value_outcome")
    op.drop_table("social_value_outcome")
    op.drop_table("social_value_theme")
    op.drop_table("social_value_framework")
