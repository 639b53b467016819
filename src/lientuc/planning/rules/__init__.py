"""Pure questions of planning: needs and their priority, lines and their money, the life of a plan."""
