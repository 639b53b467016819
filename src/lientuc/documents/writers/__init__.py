"""One `ReportTable` or `Paper`, written as CSV, XLSX, DOCX and PDF with the same numbers."""

from .delimited import csv_chunks, machine_csv_chunks, write_csv, write_machine_csv
from .pdf import write_pdf
from .spreadsheet import write_xlsx
from .word import write_docx

__all__ = [
    "csv_chunks",
    "machine_csv_chunks",
    "write_csv",
    "write_docx",
    "write_machine_csv",
    "write_pdf",
    "write_xlsx",
]
