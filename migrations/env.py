"""Alembic's way in: migrations run on the connection that models.schema hands over."""

from __future__ import annotations

from alembic import context

import models

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=models.Base.metadata,
    # SQLite can't alter most things in place; Alembic then copies the table.
    render_as_batch=True,
    compare_type=True,
    user_module_prefix="models.base.",
)

with context.begin_transaction():
    context.run_migrations()
