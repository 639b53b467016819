"""The roof: home per role, search, workforce review, the worker's page."""
