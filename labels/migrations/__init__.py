"""The history of the store's tables, in Alembic's form; one file for each step.

A step is never changed after a release. ``tests/unit/test_labels_store.py``
holds the sum of all steps against ``labels/store_tables.py``.
"""
