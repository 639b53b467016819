"""Sheets filled in by hand: typed twice by two people, their differences shown and settled before they count."""
