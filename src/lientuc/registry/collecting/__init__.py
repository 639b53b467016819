"""Collection campaigns: which units have sent their list, with errors, not at all; a link for each, without account."""
