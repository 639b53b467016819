"""From a plan in the database to the optimiser's problem, through a child process, and back to lines a person may adopt."""
