"""G6xx: what git witnesses, beyond what a record says of itself."""

from amends.rules.history import (
    deleted_record,
    impossible_claim,
    late_claim,
    late_record,
    moved_due_date,
    reworded_promise,
    status_went_back,
    unread_history,
    unreviewed_change,
    vanished_promise,
)
from amends.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    unread_history.RULE,
    moved_due_date.RULE,
    vanished_promise.RULE,
    reworded_promise.RULE,
    deleted_record.RULE,
    status_went_back.RULE,
    impossible_claim.RULE,
    late_claim.RULE,
    late_record.RULE,
    unreviewed_change.RULE,
)
