"""Who is responsible for which function of which area: drafts, errors, signed decisions, receipts, hand-over."""
