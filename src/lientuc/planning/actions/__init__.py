"""Writes of planning: needs, plans and their lines, money, proposals of the optimiser, classes that carry a line out."""

from .lines import add_line, copy_plan, edit_line, remove_line, take_lines
from .money import add_rate, add_source, edit_source, end_rate, record_spending, review_money
from .needs import accept_need, decline_need, pull_needs, raise_need, settle_needs
from .plans import amend_plan, approve_plan, note_decision, open_plan, return_plan, submit_plan
from .proposals import adopt_proposal, improve_plan, store_proposal
from .runs import link_run, open_run_for_line

__all__ = [
    "accept_need",
    "add_line",
    "add_rate",
    "add_source",
    "adopt_proposal",
    "amend_plan",
    "approve_plan",
    "copy_plan",
    "decline_need",
    "edit_line",
    "edit_source",
    "end_rate",
    "improve_plan",
    "link_run",
    "note_decision",
    "open_plan",
    "open_run_for_line",
    "pull_needs",
    "raise_need",
    "record_spending",
    "remove_line",
    "return_plan",
    "review_money",
    "settle_needs",
    "store_proposal",
    "submit_plan",
    "take_lines",
]
