"""A simulated province that walks the loop by the actions a user would call."""
