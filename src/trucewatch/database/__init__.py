"""The database below the ledger: engine, transactions, tables, the chain, revisions of the schema, faults in plain words."""
