"""Which messages reach customers: to whom they went, and which channels reach people where they felt it."""

from amends.record import Notice, Record, Response, given

_NOT_CUSTOMERS = ("partners", "regulator")

_ONLINE = frozenset((
    "status-page", "email", "web", "website", "blog", "app", "in-app", "push", "social-media", "chat", "forum", "rss", "video", "sms", "phone",
    "letter", "press", "television", "radio", "in-person",
))
_AWAY_FROM_SCREENS = frozenset(("in-person", "phone", "sms", "email", "letter", "press", "television", "radio", "poster"))

REACHES = {
    "web": _ONLINE, "mobile": _ONLINE, "app": _ONLINE, "api": _ONLINE, "desktop": _ONLINE, "email": _ONLINE,
    "phone": _AWAY_FROM_SCREENS - {"poster"},
    "in-person": _AWAY_FROM_SCREENS - {"sms", "email"},
    "product": _AWAY_FROM_SCREENS | {"app", "in-app", "push"},
}
"""Where customers may have felt it, and the channels that reach them there. Somebody at a counter reads no status page."""

KNOWN = _ONLINE | _AWAY_FROM_SCREENS
"""The channels that this knows; what reaches whom on a site's own can't be told."""


def notices_to_customers(record: Record) -> tuple[tuple[int, Notice], ...]:
    """The messages that went to customers, with their numbers; where nothing says to whom, they count."""
    response = record.response
    if not isinstance(response, Response):
        return ()
    return tuple((number, notice) for number, notice in enumerate(given(response.notices)) if notice.to not in _NOT_CUSTOMERS)
