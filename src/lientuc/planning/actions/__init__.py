"""Writes of planning: needs, plans and their lines, money, proposals of the optimiser, classes that carry a line out."""

from .calls import answer_call, close_call, open_call, remind_units
from .carrying import carry_forward, set_targets
from .details import merge_needs, name_persons, part_need, state_conditions
from .learning import learn_use
from .lines import add_line, copy_plan, edit_line, remove_line, take_lines, undo_change
from .locks import lock_line, remove_lock
from .money import add_rate, add_source, close_source, edit_source, end_rate, record_spending, review_money
from .needs import accept_need, decide_needs, decline_need, pull_needs, raise_need, settle_needs
from .nominations import hand_out_seats, nominate, propose_persons
from .opinions import answer_comment, ask_parties, give_opinion, note_opinion
from .plans import amend_plan, approve_plan, note_decision, open_plan, return_plan, submit_plan
from .proposals import adopt_proposal, improve_plan, stop_scenario, store_proposal
from .runs import link_run, open_run_for_line

__all__ = [
    "accept_need",
    "add_line",
    "add_rate",
    "add_source",
    "adopt_proposal",
    "amend_plan",
    "answer_call",
    "answer_comment",
    "approve_plan",
    "close_call",
    "ask_parties",
    "carry_forward",
    "close_source",
    "copy_plan",
    "decide_needs",
    "decline_need",
    "edit_line",
    "edit_source",
    "end_rate",
    "give_opinion",
    "hand_out_seats",
    "improve_plan",
    "learn_use",
    "link_run",
    "lock_line",
    "merge_needs",
    "name_persons",
    "nominate",
    "note_decision",
    "open_call",
    "note_opinion",
    "open_plan",
    "open_run_for_line",
    "part_need",
    "propose_persons",
    "pull_needs",
    "raise_need",
    "record_spending",
    "remind_units",
    "remove_line",
    "remove_lock",
    "return_plan",
    "review_money",
    "settle_needs",
    "state_conditions",
    "set_targets",
    "stop_scenario",
    "store_proposal",
    "submit_plan",
    "take_lines",
    "undo_change",
]
