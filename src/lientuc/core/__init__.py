"""Errors, clock, ids, money, names: values every floor above may use. No Django here."""
