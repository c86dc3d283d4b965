"""${message}

Revision ID: ${up_revision}
Revises: ${down_revision | comma,n}
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
import models.base
% if "create_table('audit'" in (upgrades or ""):
import models.records
% endif

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
% if "create_table('audit'" in (upgrades or ""):
    # Autogeneration does not see triggers.
    for statement in models.records.GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)
% endif


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
% if "create_table('audit'" in (upgrades or ""):
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_is_append_only()")
% endif
