"""An incident that looks like an earlier one and does not say so.

## What it flags

In full checks, a record from review on that is so much like an earlier one that it is likely the same again, and that names nothing
under `recurrence_of`. Likely means: both tell of the same, in words that few other records use, whatever language they are in; a kind of
factor or a service in common is no reason by itself. An earlier record that one of the two names under `related` has been thought of, and
a restricted record is compared with none.

## Why it matters

What happens twice was not prevented. The earlier record knows what helped, and which of its actions were never finished; a reader of
either should be led to the other. Only people can say whether it is the same again, and this asks them to.

## Bad

```text title="incidents/2030/2030-05-06-payments-refused.md"
---
title: An expired certificate stops all payments
status: published
severity: sev4
services: [wiki]
owner: sre
times:
  started: 2030-05-06T08:00Z
  detected: 2030-05-06T08:04Z
  detected_by: monitoring
  resolved: 2030-05-06T09:00Z
root_cause:
  summary: The TLS certificate of the payment gateway expired on a holiday, and nobody had been told that it had to be renewed.
  factors:
    - {kind: communication, what: The reminder to renew the certificate went to a mailbox of a team that no longer exists.}
    - {kind: recovery, what: Nobody on duty could issue a new one.}
---
```

```text title="incidents/2031/2031-06-07-sign-in-refused.md"
---
title: Nobody can sign in
status: published
severity: sev4
services: [boards]
owner: platform
times:
  started: 2031-06-07T08:00Z
  detected: 2031-06-07T08:04Z
  detected_by: customer
  resolved: 2031-06-07T10:00Z
root_cause:
  summary: The cert of the sign-in service had expired during the night. Reminders of expiring certs went to a mailbox that nobody reads.
  factors:
    - {kind: communication, what: Two teams each believed that renewing certs was for the other.}
    - {kind: recovery, what: A new one could only be issued by somebody who was on holiday.}
---
```

## Good

```yaml
recurrence_of: [2031-03-02-slow-search]
```

```yaml
recurrence_of:
  none: The earlier one was a certificate of a supplier, which we cannot renew; this one is ours.
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.reading.document import Document
from amends.rules.prevention.became import became
from amends.rules.rule import Rule, Scope


def check(corpus: Corpus) -> Iterator[tuple[Document, Finding]]:
    """At most one finding a record, for the earlier one that it is most like."""
    for record in corpus.records:
        if record.recurrence_of or record.restricted or not record.gated:
            continue
        repeated = corpus.likeness.repeated(record.stem, {relation.to for relation in record.related if relation.to})
        earlier = corpus.record(repeated.name) if repeated is not None else None
        if repeated is None or earlier is None or record.stem in {relation.to for relation in earlier.related}:
            continue
        left = "; ".join(became(reference, action) for reference, action in corpus.unprevented(earlier))
        yield record.document, Finding(
            ("recurrence_of",),
            f"this looks like `{earlier.stem}` again ({repeated.reason(corpus.settings.vocabulary)}){'; of what was to prevent it, ' if left else ''}{left}",
            f"if it is, write `recurrence_of: [{earlier.stem}]`; if not, `recurrence_of: {{none: why}}`, or name it under `related`")


RULE = Rule("P517", "unnamed-repeat", Level.WARNING, Scope.WHOLE, check, __doc__)
