"""C4xx: the customers' side: who was told, what was promised, what was given, and whether they are satisfied."""

from amends.rules.customers import (
    duplicate_commitment,
    incomplete_commitment,
    incomplete_notice,
    incomplete_remedy,
    kept_and_broken,
    late_without_reason,
    missing_apology,
    missing_customer_review,
    missing_feedback,
    missing_first_notice,
    missing_follow_up,
    missing_remedies,
    missing_staff_briefing,
    open_commitment,
    unknown_clock,
    unreconciled_follow_up,
)
from amends.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    missing_first_notice.RULE,
    missing_apology.RULE,
    open_commitment.RULE,
    missing_staff_briefing.RULE,
    missing_customer_review.RULE,
    missing_remedies.RULE,
    missing_follow_up.RULE,
    missing_feedback.RULE,
    incomplete_notice.RULE,
    incomplete_commitment.RULE,
    incomplete_remedy.RULE,
    unreconciled_follow_up.RULE,
    kept_and_broken.RULE,
    duplicate_commitment.RULE,
    late_without_reason.RULE,
    unknown_clock.RULE,
)
