"""P5xx: the work that follows, and the checklists it feeds."""

from amends.rules.prevention import (
    done_and_dropped,
    duplicate_action,
    duplicate_item,
    incomplete_action,
    incomplete_item,
    missing_guidance,
    missing_lesson,
    missing_prevention,
    open_action,
    repeated_with_open_actions,
    undated_action,
    unjudged_plan,
    unknown_item,
    unnamed_repeat,
    unowned_action,
    unowned_checklist,
    unsupported_item,
    untitled_checklist,
)
from amends.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    unowned_action.RULE,
    undated_action.RULE,
    missing_prevention.RULE,
    missing_lesson.RULE,
    unknown_item.RULE,
    unsupported_item.RULE,
    open_action.RULE,
    done_and_dropped.RULE,
    duplicate_action.RULE,
    incomplete_action.RULE,
    incomplete_item.RULE,
    duplicate_item.RULE,
    missing_guidance.RULE,
    unowned_checklist.RULE,
    untitled_checklist.RULE,
    unjudged_plan.RULE,
    unnamed_repeat.RULE,
    repeated_with_open_actions.RULE,
)
