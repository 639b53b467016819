"""Reminders before deadlines: who is due, what they are told, and that nobody is told twice."""
