"""Something done before it could have been.

## What it flags

What followed the incident and bears an impossible time: a promise that was due or kept before it was made, a remedy that had
reached people before it was offered, a next message promised for a time before the message that promises it, messages out of order
or more than a day before the incident, an action done before it, customers asked or satisfied before it, an authority told before
anybody was aware of what had to be reported. Only what is certain is
named: two bare dates that are equal pass.

## Why it matters

Whether a promise was kept in time is computed from these days. Most of these slips are a wrong year or month.

## Bad

```yaml
response:
  commitments:
    - {id: C1, promise: Nothing is deleted for good within thirty days., to: everyone, made: 2031-04-12, due: 2030-06-01}
```

```yaml
response:
  notices:
    - {at: 2031-04-05T10:40Z, kind: first, by: Support, via: [email], words: Your site is missing and it was our doing.}
    - {at: 2031-04-05T09:40Z, kind: update, by: Support, via: [email], words: We have found the cause.}
```

```yaml
actions:
  - {id: A1, what: "Delete in two steps, thirty days apart.", kind: prevent, owner: platform, due: 2031-06-01, done: 2030-05-28}
```

```yaml
response:
  obligations:
    - {clock: gdpr-33, aware: 2031-04-05T09:10Z, notified: 2031-04-04T16:00Z}
```

## Good

```yaml
response:
  notices:
    - at: 2031-04-05T08:31Z
      kind: first
      by: Support
      via: [email]
      words: Your site is missing and it was our doing.
      next_update_by: 2031-04-05T11:00Z
    - {at: 2031-04-05T10:40Z, kind: update, by: Support, via: [email], words: We have found the cause.}
  commitments:
    - {id: C1, promise: Nothing is deleted for good within thirty days., to: everyone, made: 2031-04-12, due: 2031-06-01, kept: 2031-04-12}
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level, Path
from amends.reading.moments import Moment
from amends.record import Feedback, FollowUp, Notice, Record, given
from amends.rules.rule import Rule, Scope

_REMEDY = "correct the one that is wrong"


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each time that comes before one it must follow."""
    began = record.time("triggered") or record.time("started")
    reply = record.reply
    if reply.notices:
        yield from _notices(given(reply.notices), began)
    for number, promise in enumerate(given(reply.commitments)):
        named = f"promise {promise.id}" if promise.id else "this promise"
        if promise.due is not None:
            yield from _before(promise.due, promise.made, ("response", "commitments", number, "due"), f"{named} was due", "it was made")
        if promise.kept is not None:
            yield from _before(promise.kept, promise.made, ("response", "commitments", number, "kept"), f"{named} was kept", "it was made")
    for number, remedy in enumerate(given(reply.remedies)):
        if remedy.issued is not None:
            yield from _before(
                remedy.issued, remedy.offered, ("response", "remedies", number, "issued"), "the remedy had reached them", "it was offered"
            )
    for number, duty in enumerate(given(reply.obligations)):
        yield from _before(duty.notified, duty.aware, ("response", "obligations", number, "notified"), "they were told", "we were aware of it")
    if began is None:
        return
    if isinstance(reply.follow_up, FollowUp):
        yield from _before(
            reply.follow_up.verified, began, ("response", "follow_up", "verified"), "their satisfaction was verified", "the incident began"
        )
    if isinstance(reply.feedback, Feedback):
        yield from _before(reply.feedback.asked, began, ("response", "feedback", "asked"), "customers were asked", "the incident began")
    for number, action in enumerate(given(record.actions)):
        if action.done is not None:
            yield from _before(
                action.done, began, ("actions", number, "done"), f"action {action.id or number + 1} was done", "the incident began"
            )


def _before(later: object, earlier: object, place: Path, what: str, than: str) -> Iterator[Finding]:
    if isinstance(later, Moment) and isinstance(earlier, Moment) and later.before(earlier):
        yield Finding(place, f"{what} ({later}) before {than} ({earlier})", _REMEDY)


def _notices(notices: tuple[Notice, ...], began: Moment | None) -> Iterator[Finding]:
    above: Moment | None = None
    for number, notice in enumerate(notices):
        at = notice.at
        if not isinstance(at, Moment):
            continue
        if notice.next_update_by is not None:
            yield from _before(
                notice.next_update_by,
                at,
                ("response", "notices", number, "next_update_by"),
                "the next message was promised for a time",
                "this one went out",
            )
        place = ("response", "notices", number, "at")
        if began is not None and (began.day - at.day).days > 1:
            yield Finding(place, f"this message went out ({at}) more than a day before the incident began ({began})", _REMEDY)
        elif above is not None:
            yield from _before(at, above, place, "this message went out", "the one above it")
        above = at


RULE = Rule("T308", "response-out-of-order", Level.ERROR, Scope.RECORD, check, __doc__)
