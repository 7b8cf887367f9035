"""T3xx: when what happened, and in which order."""

from amends.rules.rule import Rule
from amends.rules.times import (
    malformed_time,
    missing_times,
    repeat_out_of_order,
    response_out_of_order,
    time_without_offset,
    timeline_contradicts_times,
    timeline_out_of_order,
    times_out_of_order,
    unreadable_timeline,
)

RULES: tuple[Rule, ...] = (
    time_without_offset.RULE,
    malformed_time.RULE,
    times_out_of_order.RULE,
    unreadable_timeline.RULE,
    timeline_out_of_order.RULE,
    timeline_contradicts_times.RULE,
    missing_times.RULE,
    response_out_of_order.RULE,
    repeat_out_of_order.RULE,
)
