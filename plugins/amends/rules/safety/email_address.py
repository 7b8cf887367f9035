"""An e-mail address in a record.

## What it flags

An e-mail address anywhere in a file. Addresses at `example.com`, `example.org`, `example.net` and under `.example`, `.invalid`
and `.test` pass, and so do addresses inside links to mail archives, and `git@` before a repository.

## Why it matters

A record outlives the job of whoever is named in it, and a published page is read by those who collect addresses. Say which team
it was; the address stands in the ticket. The finding does not repeat the whole address, because logs are published too.

## Bad

```markdown
## Summary

The first report came from ann.customer@acme-boards.com, who had lost her board.
```

## Good

```markdown
## Summary

The first report came from a customer who had lost her board; our answer went out from support@example.com.
```
"""

import re
from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.reading.document import Document
from amends.rules.rule import Rule, Scope

_ADDRESS = re.compile(
    r"(?<![\w@/.+-])(?P<local>[\w.+-]{1,64})@(?P<domain>(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+(?P<top>[^\W\d_]{2,24}))(?![\w@])"
)
_MADE_UP = re.compile(r"(?:^|\.)(?:example\.(?:com|org|net)|example|invalid|test|localhost)$", re.IGNORECASE)
_FILE_ENDINGS = frozenset(("png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "js", "css", "json", "md", "yml", "yaml", "html", "pdf"))


def check(document: Document, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each address that could be somebody's."""
    text = document.text
    for match in _ADDRESS.finditer(text):
        if (
            match["local"] == "git"
            or match["top"].lower() in _FILE_ENDINGS
            or _MADE_UP.search(match["domain"])
            or _in_link(text, match.start())
        ):
            continue
        yield Finding(
            document.at(match.start()),
            f"`{match['local'][0]}…@{match['domain']}` is an e-mail address",
            "say which team or role it was, or use an address at example.com",
        )


def _in_link(text: str, at: int) -> bool:
    """Whether the text at `at` is part of an address on the web, such as a message in a mail archive."""
    word_start = max(text.rfind(blank, 0, at) for blank in " \n\t(<\"'")
    return "://" in text[word_start + 1 : at]


RULE = Rule("S703", "email-address", Level.ERROR, Scope.DOCUMENT, check, __doc__, ("@",))
