"""An obligation under a clock that nobody knows.

## What it flags

At every status, an entry of `response.obligations` whose `clock` is neither one of the law's nor one of the site's own, under
`clocks` in its settings. From review on, an entry without a `clock`.

## Why it matters

Without its clock nobody can tell to whom the report goes, or by when.

## Bad

```yaml
response:
  obligations:
    - clock: gdpr-art-33
      notified: 2031-04-06T12:00Z
```

```yaml
response:
  obligations:
    - notified: 2031-04-06T12:00Z
```

## Good

```yaml
response:
  obligations:
    - clock: gdpr-33
      notified: 2031-04-06T12:00Z
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.customers.obligations import known_clocks
from amends.diagnostics import Finding, Level
from amends.reading.typed import nearest
from amends.record import Record, given
from amends.rules.rule import Rule, Scope


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each obligation whose clock is unknown, or from review on unsaid."""
    if not record.reply.obligations:
        return
    known = known_clocks(corpus.settings)
    for number, obligation in enumerate(given(record.reply.obligations)):
        place = ("response", "obligations", number, "clock")
        if obligation.clock is None:
            if record.gated:
                yield Finding(place, f"obligation {number + 1} does not say `clock`", f"write one of: {', '.join(known)}")
        elif obligation.clock not in known:
            hint = nearest(obligation.clock, list(known)) or f"one of: {', '.join(known)}"
            yield Finding(place, f"`{obligation.clock}` is not a clock that is known here",
                          f"{hint}; a clock of your own is set under `clocks` in mkdocs.yml")


RULE = Rule("C422", "unknown-clock", Level.ERROR, Scope.RECORD, check, __doc__)
