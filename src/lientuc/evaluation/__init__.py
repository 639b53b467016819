"""Kirkpatrick studies: tables with denominators, findings that go back into needs."""
