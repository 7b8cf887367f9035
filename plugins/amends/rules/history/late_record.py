"""A record that was not written within the time that the policy allows.

## What it flags

A record that was first at review or beyond later than the policy's `written` working days after the incident was resolved: three for
sev1, fifteen for sev4, unless the site's settings say otherwise. Saturdays and Sundays are no working days; holidays differ from place to
place and count as such. The day on which the change was written counts, not the day on which it was merged. Where the deadline lies before
the oldest commit of the corpus, nobody could be in time. A draft is not flagged, however old: whether it is overdue depends on
today's date, and `amends audit` says so.

## Why it matters

People forget, logs are rotated, and those affected wait. A record that took a month tells what was still remembered then.

## Bad

```text title="incidents/2031/_template.md" commit="1 2031-04-01"
A template, so that the repository is older than the incident.
```

```yaml commit="2 2031-05-20"
status: published
```

## Good

```text title="incidents/2031/_template.md" commit="1 2031-04-01"
A template, so that the repository is older than the incident.
```

```yaml commit="2 2031-04-11"
status: review
```

```yaml commit="3 2031-05-20"
status: published
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.history import History
from amends.policy import policy_for
from amends.reading.document import Document
from amends.record import Status
from amends.rules.history.told import told
from amends.rules.rule import Rule, Scope


def check(corpus: Corpus, history: History) -> Iterator[tuple[Document, Finding]]:
    """One finding for each record that came to review after its deadline."""
    for record, past in told(corpus, history, changed=False):
        resolved, policy = record.time("resolved"), policy_for(record, corpus.settings)
        if resolved is None or policy is None or policy.written is None or not record.status.binds:
            continue
        version = past.reached(record.status, Status.REVIEW, Status.PUBLISHED, Status.CLOSED)
        if version is None or (version.earliest - resolved.day).days <= policy.written.days:
            continue
        from amends.audit import working_days_after  # only a record that took long needs it

        deadline = working_days_after(resolved.day, policy.written.days)
        if version.earliest > deadline and history.begins is not None and history.begins <= deadline:
            yield record.document, Finding(
                ("status",), f"the record was at review on {version.earliest}; {record.severity.value if record.severity else 'the policy'} "
                f"asks for it within {policy.written.days} working days of the resolution, by {deadline}",
                "say under `silence` what kept it; next time, start with `amends new` on the day itself")


RULE = Rule("G609", "late-record", Level.WARNING, Scope.HISTORY, check, __doc__)
