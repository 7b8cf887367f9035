"""W8xx: the words: apologies that are none, and sentences that blame instead of explaining. Warnings all, since word lists err."""

from amends.rules.rule import Rule
from amends.rules.wording import (
    blame,
    conditional_apology,
    empty_regret,
    excuse,
    hindsight,
    named_person_as_cause,
    shifted_blame,
)

RULES: tuple[Rule, ...] = (
    conditional_apology.RULE,
    excuse.RULE,
    shifted_blame.RULE,
    empty_regret.RULE,
    hindsight.RULE,
    blame.RULE,
    named_person_as_cause.RULE,
)
