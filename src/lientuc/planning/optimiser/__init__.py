"""The annual plan as an optimisation problem: values in, a plan with its reasons out. No database, no clock, no user.

`model` holds the values. What other rooms use:

    solve.plan(problem, *, effort=Effort(), start=None) -> Plan          the best plan found, with bound, prices and reasons
    solve.preview(problem) -> Plan                                        greedy, at once, without a bound
    check.check(problem, plan) -> list[Violation]                         no solver; run on every plan before it is stored
    bound.prove_bound(problem, certificate) -> float                no solver; raises Unproved
    curves.budget_curve(problem, factors) -> list[BudgetPoint]
    curves.equity_curve(problem, shares) -> list[EquityPoint]
    compare.compare(a, b) -> PlanDiff                            classes, organisations and money gained and lost
    people.assign_people(problem, plan, people, locks=()) -> Assignments  who goes where
    weeks.place_in_weeks(problem, plan) -> Calendar                       each class its week; weeks.check_weeks judges any
    files.read_instance(data) -> PlanningProblem; plan_files.plan_file(plan) -> dict       the file contract, docs/plan-files.md
    child.plan_in_child(task, limits=...) -> Plan | Failure               the same where a crash cannot take the caller along

All are pure and repeatable: the same problem gives the same plan unless the clock (`Effort.seconds`) ended the search.
Nothing is imported here on purpose: solver code must be loaded by the child alone.
"""
