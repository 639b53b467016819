"""Standings from files to files, without a database: the contract of docs/file-mode.md."""
