"""A text that says next to nothing.

## What it flags

From review on, a text on which others rely and that is too short to say anything: fewer than twenty letters, or fewer than four
words unless they are long ones. It looks at the summaries of root cause and customer impact, what made a factor possible, what is
at risk, how one knows that it is happening again, and what was promised. Steps of a plan and actions may be shorter, but not a
single short word. Scripts without spaces between words count by their characters.

## Why it matters

"Server down" satisfies a form and helps nobody. The people who read it later were not there.

## Bad

```yaml
root_cause:
  summary: Human error.
  factors:
    - kind: process-gap
      what: Mistake made.
```

```yaml
contingency_plan:
  - if: It breaks again.
    then: [Fix it.]
    owner: platform
```

## Good

```yaml
root_cause:
  summary: The script was given the identifiers of whole sites.
  factors:
    - kind: process-gap
      what: Nobody but its author had seen the list.
    - kind: confusing-tools
      what: 削除ツールは二種類の識別子を受け付けた。
```

```yaml
contingency_plan:
  - if: Customers report an empty board.
    then: [Roll back., Page the on-call engineer.]
    owner: platform
```
"""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level, Path
from amends.record import CustomerImpact, Record, RootCause, given
from amends.rules.rule import Rule, Scope
from amends.rules.texts import is_placeholder, says_little

_HELP = "tell it in a sentence that someone who was not there understands"
_STEP_HELP = "say what is to be done, so that someone who was not there can do it"


def check(record: Record, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each text that says too little."""
    if not record.gated:
        return
    for path, text in _texts(record):
        if text.__class__ is str and says_little(text) and not is_placeholder(text):
            yield Finding(path, f"`{text}` says too little for `{path[-1]}`", _HELP)
    for path, text in _steps(record):
        if text.__class__ is str and says_little(text, letters=8, words=2) and not is_placeholder(text):
            yield Finding(path, f"`{text}` is no step that someone else could take", _STEP_HELP)


def _texts(record: Record) -> Iterator[tuple[Path, object]]:
    cause, impact = record.root_cause, record.customer_impact
    if isinstance(cause, RootCause):
        yield ("root_cause", "summary"), cause.summary
        yield from ((("root_cause", "factors", n, "what"), factor.what) for n, factor in enumerate(given(cause.factors)))
    if isinstance(impact, CustomerImpact):
        yield ("customer_impact", "summary"), impact.summary
    yield from ((("risk", n, "what"), risk.what) for n, risk in enumerate(given(record.risk)))
    yield from ((("contingency_plan", n, "if"), plan.if_) for n, plan in enumerate(given(record.contingency_plan)))
    yield from ((("response", "commitments", n, "promise"), promise.promise) for n, promise in enumerate(given(record.reply.commitments)))


def _steps(record: Record) -> Iterator[tuple[Path, object]]:
    for number, plan in enumerate(given(record.contingency_plan)):
        yield from ((("contingency_plan", number, "then", n), step) for n, step in enumerate(given(plan.then)))
    yield from ((("actions", n, "what"), action.what) for n, action in enumerate(given(record.actions)))


RULE = Rule("R207", "thin-text", Level.ERROR, Scope.RECORD, check, __doc__)
