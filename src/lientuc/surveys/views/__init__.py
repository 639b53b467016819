"""Doors: staff pages in `instruments` and `waves`, the respondent's pages in `respond`."""
