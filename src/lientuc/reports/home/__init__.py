"""The first page: per role, what waits and what to do next."""

from .cards import Card, Line
from .roles import Section, reports_due, sections_for

__all__ = ["Card", "Line", "Section", "reports_due", "sections_for"]
