"""Uploaded workbooks: guarded, parsed in a child process, never trusted."""

from .book import Cell, Region, Sheet, Workbook
from .limits import LIMITS, Limits
from .reading import read_workbook

__all__ = ["LIMITS", "Cell", "Limits", "Region", "Sheet", "Workbook", "read_workbook"]
