"""The annual plan as an optimisation problem: values in, a plan with its reasons out. No database, no clock, no user.

`model` holds the values, `solve.plan` and `solve.preview` draw a plan up, `check.check` judges any plan without a
solver, `child.plan_in_child` runs the search where a crash or a lack of memory cannot take the caller along. Nothing is
imported here on purpose: solver code must be loaded by the child alone.
"""
