"""Tables of events by others (ACLED, UCDP GED): rows as articles with a claim each. The forms are data/tables/*.yaml."""

from trucewatch.tables.form import check, schema, tables
from trucewatch.tables.rows import read_table

__all__ = ["check", "read_table", "schema", "tables"]
