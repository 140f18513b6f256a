"""The first tables: keys, comments, feedback and erasures."""

import sqlalchemy as sa
from alembic import op

from labels.store_tables import UtcTime, Words

revision = "0001"
down_revision = None

# Written out, not taken from labels.schema: a step does not change when that does.
_LABELS = (
    "abuse",
    "severe_abuse",
    "insult",
    "profanity",
    "threat",
    "identity_attack",
    "extremist_praise",
)


def upgrade() -> None:
    """Make the tables."""
    _make_keys()
    _make_comments()
    _make_feedback()
    op.create_table(
        "erasures",
        sa.Column("comment_id", Words(), nullable=False),
        sa.Column("erased_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("comment_id", name="pk_erasures"),
    )


def _make_keys() -> None:
    op.create_table(
        "keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("scope", sa.String(20), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("revoked_at", UtcTime()),
        sa.Column("last_used_at", UtcTime()),
        sa.PrimaryKeyConstraint("id", name="pk_keys"),
        sa.UniqueConstraint("sha256", name="uq_keys_sha256"),
    )


def _make_comments() -> None:
    op.create_table(
        "comments",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", Words(), nullable=False),
        sa.Column("text", Words()),
        sa.Column("author", Words()),
        sa.Column("time", Words()),
        sa.Column("thread", Words()),
        sa.Column("parent_text", Words()),
        sa.Column("article", Words()),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("scores", sa.JSON()),
        sa.Column("action", sa.String(20)),
        sa.Column("model_version", sa.String(64)),
        sa.Column("received_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_comments"),
        sa.UniqueConstraint("id", name="uq_comments_id"),
    )
    op.create_index("ix_comments_author", "comments", ["author"])
    op.create_index("ix_comments_received_at", "comments", ["received_at"])


def _make_feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", Words(), nullable=False),
        sa.Column("text", Words()),
        sa.Column("author", Words()),
        sa.Column("parent_text", Words()),
        *(sa.Column(label, sa.SmallInteger()) for label in _LABELS),
        sa.Column("decision", sa.String(20)),
        sa.Column("rule", sa.String(40)),
        sa.Column("annotator", Words()),
        sa.Column("key_id", sa.Integer()),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("codebook_version", sa.Integer(), nullable=False),
        sa.Column("model_version", sa.String(64)),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("idempotency_owner", sa.Integer()),
        sa.Column("idempotency_key", Words()),
        sa.Column("request_sha256", sa.String(64)),
        *(
            sa.CheckConstraint(f"{label} IN (0, 1)", name=f"ck_feedback_{label}")
            for label in _LABELS
        ),
        sa.ForeignKeyConstraint(
            ["key_id"], ["keys.id"], name="fk_feedback_key_id_keys"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        sa.UniqueConstraint(
            "idempotency_owner",
            "idempotency_key",
            name="uq_feedback_idempotency_owner_idempotency_key",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feedback_author", "feedback", ["author"])
    op.create_index("ix_feedback_comment_id", "feedback", ["comment_id"])
    op.create_index("ix_feedback_created_at", "feedback", ["created_at"])
