"""Reads of planning: needs and their coverage, plans with their totals, what became of them."""
