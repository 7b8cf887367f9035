"""An apology that nobody stands behind.

## What it flags

From review on, a notice with `kind: apology` without `by`, or with one that names nobody: "we", "the company", "the team", "noreply".

## Why it matters

An apology is made by somebody. From a person or a role that can be held to it, it costs something and is believed; from nobody, it is a notice.

## Bad

```yaml
response:
  notices:
    - {at: 2031-04-05T08:31Z, kind: apology, by: The company, via: [email], words: We deleted what was yours and are sorry.}
```

```yaml
response:
  notices:
    - {at: 2031-04-05T08:31Z, kind: apology, via: [email], words: We deleted what was yours and are sorry.}
```

## Good

```yaml
response:
  notices:
    - {at: 2031-04-05T08:31Z, kind: apology, by: The head of engineering, via: [email], words: We deleted what was yours and are sorry.}
```

```yaml
response:
  notices:
    - at: 2031-04-05T08:31Z
      kind: apology
      by:
        unknown: The letter in the archive is unsigned, and nobody remembers who wrote it.
      via: [email]
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.record import NoticeKind, Record, given
from amends.rules.rule import Rule, Scope

_NOBODY = frozenset((
    "we", "us", "the company", "company", "our company", "the firm", "the team", "team", "our team", "the organisation", "the organization",
    "management", "staff", "everyone", "anonymous", "admin", "noreply", "no-reply", "do-not-reply", "automatic", "system",
))


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each apology without a voice."""
    if not record.gated:
        return
    for number, notice in enumerate(given(record.reply.notices)):
        if notice.kind is not NoticeKind.APOLOGY:
            continue
        if notice.by is None:
            fact = "nobody is said to have made this apology"
        elif isinstance(notice.by, str) and notice.by.lower().strip(" .") in _NOBODY:
            fact = f"`{notice.by}` is nobody whom an apology could be held to"
        else:
            continue
        yield Finding(("response", "notices", number, "by"), fact, "write who apologised, by name or by role, for example “the managing director”")


RULE = Rule("C420", "voiceless-apology", Level.WARNING, Scope.RECORD, check, __doc__)
