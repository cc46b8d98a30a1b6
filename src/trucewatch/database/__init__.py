"""The database below the ledger: engine, transactions, tables, the chain of entries, revisions of the schema, faults in plain words."""
