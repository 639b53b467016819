"""Writes of the registry: people, posts and licences; providers; catalogues."""

from .catalogues import load_functions, load_techniques, state_technique
from .people import (
    correct_worker,
    end_post,
    link_account,
    merge_workers,
    open_post,
    record_leave,
    record_licence,
    register_worker,
    reveal_national_number,
    take_on_worker,
    unmerge_worker,
    withdraw_licence,
)
from .providers import grant_authority, lift_suspension, register_provider, suspend_authority
from .staff import clean_row, judge_staff, map_columns, receive_staff, repair_zeros, take_staff

__all__ = [
    "clean_row",
    "correct_worker",
    "end_post",
    "grant_authority",
    "lift_suspension",
    "judge_staff",
    "link_account",
    "load_functions",
    "load_techniques",
    "merge_workers",
    "map_columns",
    "open_post",
    "receive_staff",
    "record_leave",
    "record_licence",
    "register_provider",
    "register_worker",
    "repair_zeros",
    "reveal_national_number",
    "state_technique",
    "suspend_authority",
    "take_on_worker",
    "take_staff",
    "unmerge_worker",
    "withdraw_licence",
]
