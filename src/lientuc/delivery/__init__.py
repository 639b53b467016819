"""Course runs, sessions, participation, attendance, certificates."""
