"""S7xx: what must not stand in a page."""

from amends.rules.rule import Rule
from amends.rules.safety import (
    card_number,
    email_address,
    phone_number,
    raw_html,
    secret,
    unsafe_html,
)

RULES: tuple[Rule, ...] = (
    raw_html.RULE,
    unsafe_html.RULE,
    email_address.RULE,
    phone_number.RULE,
    card_number.RULE,
    secret.RULE,
)
