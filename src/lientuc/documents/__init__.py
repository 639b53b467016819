"""Papers and tables out, uploaded workbooks in: pure Python, above `core` only."""
