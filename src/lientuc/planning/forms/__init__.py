"""Forms of planning: labels in two languages, drafts out."""
