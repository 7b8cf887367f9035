"""A report to an authority that came too late, or not at all, without a reason.

## What it flags

From review on, an entry of `response.obligations` whose `notified` is certainly later than its clock allows, and which does not say
`why_late`. In a closed record, besides: an entry that does not say when anybody was `notified`, and gives no reason. A clock counts
from `aware`, or else from when the incident was detected; some count from when it was `classified`, or from an earlier report.

## Why it matters

The law asks for the reason together with the late report. A year later nobody remembers it, and the authority asks then.

## Bad

```yaml
response:
  obligations:
    - clock: gdpr-33
      aware: 2031-04-05T09:10Z
      notified: 2031-04-09T12:00Z
```

```yaml
status: closed
response:
  obligations:
    - clock: gdpr-34
      aware: 2031-04-05T09:10Z
```

## Good

```yaml
response:
  obligations:
    - clock: gdpr-33
      aware: 2031-04-05T09:10Z
      notified: 2031-04-09T12:00Z
      why_late: Until the first sites were back we could not tell whether personal data was lost or only out of reach.
    - clock: gdpr-34
      aware: 2031-04-05T09:10Z
      notified: 2031-04-05T10:40Z
```

```yaml
status: closed
response:
  obligations:
    - clock: gdpr-34
      notified:
        none: No personal data left our hands, and every site came back as it was.
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.customers.obligations import duties
from amends.diagnostics import Finding, Level
from amends.reading.moments import Span
from amends.record import Record, Status
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each duty that was met late, or at closed not at all, without a word about why."""
    if not record.reply.obligations or not record.gated:
        return
    for duty in duties(record, corpus.settings):
        if duty.obligation.why_late is not None:
            continue
        place = ("response", "obligations", duty.number, "why_late")
        if (run := duty.late) is not None:
            took = f"{_length(run.took)} after {run.limit.since}" if run.took else "too late"
            yield Finding(place, f"{duty.clock.to} was told {took}, and {duty.clock.id} allows {run.limit.length}",
                          "write the reason under `why_late`, or correct the times")
        elif duty.obligation.notified is None and record.status is Status.CLOSED:
            yield Finding((*place[:-1], "notified"), f"closed, but nothing says when {duty.clock.to} was told, as {duty.clock.id} asks",
                          "write `notified`, or `why_late`; or say `{none: why}`, `{unknown: why}` or `{missed: why}`")


def _length(took: Span) -> str:
    """At least so many whole hours, or days where only days are known."""
    hours = int(took.least.total_seconds()) // 3600
    return f"{hours} h" if took.exact else f"at least {hours} h" if hours < 24 else f"at least {hours // 24} days"


RULE = Rule("C421", "late-without-reason", Level.ERROR, Scope.RECORD, check, __doc__)
