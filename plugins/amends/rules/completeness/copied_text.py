"""The same sentence in two parts that should differ.

## What it flags

From review on, a sentence that stands word for word in two of these: the title, what customers could not do, why it happened and
what set it off, why it was not caught, the factors, the risks, the plans, the commitments, the actions; and in a risk and its own
protection. Case and the mark at the end make no difference.

## Why it matters

What customers lost is not why it happened, and what is at risk is not what will be done. A sentence that answers two questions
answers one of them not at all.

## Bad

```yaml
root_cause:
  summary: Nobody could open a board for six hours.
  factors:
    - kind: missing-validation
      what: The deletion service accepted either kind of identifier.
    - kind: destructive-operation
      what: the deletion service accepted either kind of identifier
```

```yaml
risk:
  - what: A forgotten clean-up job deletes too much once more.
    likelihood: possible
    consequence: major
    protection: A forgotten clean-up job deletes too much once more.
    owner: platform
    review_by: 2031-10-01
```

## Good

```yaml
root_cause:
  summary: The clean-up script was given the identifiers of whole sites.
  factors:
    - kind: missing-validation
      what: The deletion service accepted either kind of identifier.
    - kind: destructive-operation
      what: What was deleted was gone at once.
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level, Path
from amends.record import CustomerImpact, Record, RootCause, given
from amends.rules.rule import Rule, Scope

_SHORTEST = 20
"""Letters from which on a sentence is one that two people would not write alike by chance."""


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each part that repeats a sentence of an earlier one."""
    if not record.gated:
        return
    seen: dict[str, Path] = {}
    for path, text in _parts(record):
        if text.__class__ is not str:
            continue
        for sentence in _sentences(text):
            if (earlier := seen.setdefault(sentence, path)) != path:
                yield _copied(path, earlier)
                break
    for number, risk in enumerate(given(record.risk)):
        if risk.protection.__class__ is str and not set(_sentences(risk.what)).isdisjoint(_sentences(risk.protection)):
            yield _copied(("risk", number, "protection"), ("risk", number, "what"))


def _sentences(text: object) -> Iterator[str]:
    """Those that two people would not write alike by chance."""
    for sentence in str(text).casefold().split(". "):
        if len(sentence) >= _SHORTEST:
            yield sentence.rstrip(".!?… \n")


def _copied(path: Path, earlier: Path) -> Finding:
    return Finding(path, f"`{_words(earlier)}` says the same, word for word", "say here what this part asks for, or leave the part out")


def _parts(record: Record) -> Iterator[tuple[Path, object]]:
    cause, impact = record.root_cause, record.customer_impact
    yield ("title",), record.title
    if isinstance(impact, CustomerImpact):
        yield ("customer_impact", "summary"), impact.summary
    if isinstance(cause, RootCause):
        yield ("root_cause", "summary"), cause.summary
        yield ("root_cause", "trigger"), cause.trigger
        yield from ((("root_cause", "factors", n, "what"), factor.what) for n, factor in enumerate(given(cause.factors)))
        yield ("root_cause", "why_not_caught"), cause.why_not_caught
    yield from ((("risk", n, "what"), risk.what) for n, risk in enumerate(given(record.risk)))
    yield from ((("contingency_plan", n, "if"), plan.if_) for n, plan in enumerate(given(record.contingency_plan)))
    yield from ((("response", "commitments", n, "promise"), promise.promise) for n, promise in enumerate(given(record.reply.commitments)))
    yield from ((("actions", n, "what"), action.what) for n, action in enumerate(given(record.actions)))


def _words(path: Path) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


RULE = Rule("R208", "copied-text", Level.ERROR, Scope.RECORD, check, __doc__)
