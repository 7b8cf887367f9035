"""A record that does not say when.

## What it flags

From review on, a record without `started`, `detected` or `detected_by`; once it is published, also one without `resolved`. A time
that nobody knows is said with its reason: `{unknown: why}`.

## Why it matters

How long customers were affected, how long it took us to notice, and whether they had to tell us: this is what later readers compare.

## Bad

```yaml
times:
  started: 2031-04-05T07:38Z
```

```yaml
times:
  started: 2031-04-05T07:38Z
  detected: 2031-04-05T07:46Z
  detected_by: customer
  resolved: null
```

## Good

```yaml
times:
  started: 2031-04-05T07:38Z
  detected: 2031-04-05T07:46Z
  detected_by: customer
  resolved: {unknown: The last of the sites was restored by its owner, who did not tell us when.}
```

```yaml
status: draft
times: null
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.reading.typed import Absence
from amends.record import Record
from amends.rules.rule import Rule, Scope

_MEANING = {
    "started": "when customers began to feel it",
    "detected": "when we knew of it",
    "detected_by": "who or what noticed it first",
    "resolved": "when it was over",
}
_REMEDY = "write `{0}: 2031-04-05T07:38Z`, only the day, or `{0}: {{unknown: why}}`"
_HELP = {name: _REMEDY.format(name) for name in _MEANING}
_HELP["detected_by"] = "write `detected_by: customer`, staff, monitoring, partner, regulator, press or social-media, or `{unknown: why}`"


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each time that is asked for and not said; one for all where there are no times."""
    if not record.gated or isinstance(record.times, Absence):
        return
    excused = record.not_applicable or {}
    times = record.times
    missing = [
        name
        for name, meaning in _MEANING.items()
        if getattr(times, name, None) is None and name not in excused and (name != "resolved" or record.status.public)
    ]
    if times is None and len(missing) > 1 and "times" not in excused:
        yield Finding(
            ("times",),
            f"the record has no times: nothing says {', '.join(_MEANING[name] for name in missing[:-1])} or {_MEANING[missing[-1]]}",
            f"write `times` with {', '.join(missing)}; a time that nobody knows is `{{unknown: why}}`",
        )
    elif times is not None:
        for name in missing:
            yield Finding(("times", name), f"nothing says {_MEANING[name]}", _HELP[name])


RULE = Rule("T307", "missing-times", Level.ERROR, Scope.RECORD, check, __doc__)
