"""Administrative units, organisations on two lines, succession, areas; the scoped queryset."""
