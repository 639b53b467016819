"""Wiring: settings, urls, API assembly, command line."""
