"""Writing instruments: drafts of versions, one change at a time, and what differs between two versions."""
