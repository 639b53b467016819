"""Technique transfer and its follow-up at the workplace."""
