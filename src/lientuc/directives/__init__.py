"""Dispatches, duties with deadlines, responsibility matrix, barrier taxonomy, difficulties."""
