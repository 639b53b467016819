"""Users, roles, permissions, scope."""
