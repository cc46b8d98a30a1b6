"""The database below the ledger: engine, transactions, tables, revisions of the schema, faults in plain words."""
