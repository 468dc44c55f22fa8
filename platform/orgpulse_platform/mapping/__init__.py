"""From exported files (CSV, XLSX, NDJSON) to events, by a readable mapping.

The way of a row: ``readers`` → ``convert`` (field by field) → contract → ``identity`` → ``run``.
"""
