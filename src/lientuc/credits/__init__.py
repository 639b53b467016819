"""The append-only credit ledger and the standing of each worker."""
