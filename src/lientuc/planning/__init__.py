"""Needs, plans with budget, scenarios, optimiser."""
