"""R2xx: whether root cause, risk, plan and customer impact are told, and told in earnest."""

from amends.rules.completeness import (
    copied_text,
    impossible_impact,
    incomplete_factor,
    incomplete_plan,
    incomplete_risk,
    missing_basics,
    missing_contingency_plan,
    missing_customer_impact,
    missing_risk,
    missing_root_cause,
    missing_story,
    placeholder,
    single_cause,
    thin_reason,
    thin_text,
)
from amends.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    missing_root_cause.RULE,
    missing_risk.RULE,
    missing_contingency_plan.RULE,
    missing_customer_impact.RULE,
    missing_basics.RULE,
    placeholder.RULE,
    thin_text.RULE,
    copied_text.RULE,
    thin_reason.RULE,
    incomplete_risk.RULE,
    incomplete_plan.RULE,
    incomplete_factor.RULE,
    single_cause.RULE,
    impossible_impact.RULE,
    missing_story.RULE,
)
