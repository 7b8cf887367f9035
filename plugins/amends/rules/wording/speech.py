"""What the rules of wording share: where each of them reads, and how a finding quotes what it found."""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.diagnostics import Finding, Path, Position
from amends.record import Origin, Record
from amends.rules.wording.prose import front_matter_prose, own_words, told_customers, unquoted

_SAID = "what was really said stays as it is: put {code} under `silence`, with the reason"


def said_to_customers(record: Record, corpus: Corpus, fault: str, code: str, fact: str) -> Iterator[Finding]:
    """One finding for each phrase of that fault in what customers were told; `fact` goes on from the quoted words."""
    if record.origin is Origin.IMPORTED:
        return
    clues = corpus.wording.clues(fault, record.document, lambda: "\n".join(text for _, text in told_customers(record)))
    if not clues:
        return
    for path, text in told_customers(record):
        for said in corpus.wording.find(clues, own_words(unquoted(text))):
            yield Finding(path, f"`{said.words}` {fact}", f"next time, {said.better}; {_SAID.format(code=code)}")


def written(record: Record, corpus: Corpus, fault: str, fact: str, *, to_customers: bool) -> Iterator[Finding]:
    """One finding for each phrase of that fault in the record; in the words to customers only if `to_customers`."""
    if record.origin is Origin.IMPORTED:
        return
    document = record.document
    clues = corpus.wording.clues(fault, document, lambda: document.text)
    if not clues:
        return
    for path, text in front_matter_prose(record):
        if to_customers or not _is_said(path):
            for said in corpus.wording.find(clues, own_words(text)):
                yield Finding(path, f"`{said.words}` {fact}", said.better)
    for said in corpus.wording.find(clues, own_words(document.body)):
        yield Finding(document.in_body(said.start), f"`{said.words}` {fact}", said.better)


def persons_named(record: Record, corpus: Corpus, fact: str) -> Iterator[Finding]:
    """One finding for each person whose name stands as the cause."""
    if record.origin is Origin.IMPORTED:
        return
    names = corpus.wording.names(record.document)
    if not names:
        return
    texts: list[tuple[Path | None, str]] = [*front_matter_prose(record), (None, record.document.body)]
    for path, text in texts:
        lowered = text.lower()
        if any(name in lowered for name in names):
            for said in corpus.wording.find_persons(names, own_words(text)):
                place: Path | Position = record.document.in_body(said.start) if path is None else path
                yield Finding(place, f"`{said.words}` {fact}", said.better)


def _is_said(path: Path) -> bool:
    return path[-1] == "words" and path[:2] == ("response", "notices")
