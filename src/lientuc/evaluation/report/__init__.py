"""The report of a wave: sentences that quote cells, tables, checklists; one document for every file format."""
