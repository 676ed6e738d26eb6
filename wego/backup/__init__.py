"""Backups: the whole house in one file that either database can be made of again.

A backup is a ZIP file of our own format, and no database's dump: it is read from a snapshot while
the house works, restored into SQLite or PostgreSQL alike, needs no program beside ours, and names
its own damage. `tables` says what a row is, `snapshot` how one moment is held still, `writing` and
`reading` the file, `restoring` how an empty database becomes the house again and proves it.
"""
