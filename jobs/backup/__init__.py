"""Backups: the whole database and the evidence files in one archive, the same for SQLite and PostgreSQL.

The database is copied row by row from one snapshot, while the bot goes on working. So an archive made on one engine can
be restored on the other, no client program is needed, and each archive is proved by restoring it before it counts.
"""
