"""Two records of one person: found by likeness, merged reversibly, or remembered as two persons."""
