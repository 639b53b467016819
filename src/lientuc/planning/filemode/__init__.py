"""Commands of the optimiser from files to files: no settings, no database."""
