"""Topics, programmes, versions, appraisal."""
