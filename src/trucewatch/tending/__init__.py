"""The commands of those who look after a monitor: its ledger as a whole, and who may come in."""
