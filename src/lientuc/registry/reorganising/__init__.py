"""Units merged, split or renamed from a day on: prepared, looked over, carried out at once, taken back while nothing depends on it."""
