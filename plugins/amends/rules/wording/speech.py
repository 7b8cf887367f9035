"""What the rules of wording share: where each of them reads, and how a finding quotes what it found."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from amends.corpus import Corpus
from amends.diagnostics import Finding, Path, Position
from amends.record import Origin, Record
from amends.rules.wording.prose import front_matter_prose, own_words, told_customers, unquoted

if TYPE_CHECKING:
    from amends.rules.phrases import Said

_TO_CUSTOMERS = ("conditional_apology", "excuse", "shifted_blame", "empty_regret")
"""The faults of words to customers, the more telling first: of two that lie in the same words, that one is told."""

_AS_SAID = "What was really said stays as it is: put {code} under `silence`, with the reason."


def said_to_customers(record: Record, corpus: Corpus, fault: str, code: str, fact: str) -> Iterator[Finding]:
    """One finding for each phrase of that fault in what customers were told; `fact` goes on from the quoted words."""
    if record.origin is Origin.IMPORTED:
        return
    wording, document = corpus.wording, record.document
    clues = wording.clues(fault, document)
    if not clues:
        return
    for path, text in told_customers(record):
        prose = own_words(unquoted(text))
        for said in _without(wording.find(clues, prose), record, corpus, prose, _TO_CUSTOMERS[: _TO_CUSTOMERS.index(fault)]):
            help_ = f"{_sentence(said.better)} {(said.as_said or _AS_SAID).replace('{code}', code)}"
            yield Finding(document.in_value(path, said.start, said.words), f"`{said.words}` {fact}", help_)


def written(record: Record, corpus: Corpus, fault: str, fact: str, *, to_customers: bool) -> Iterator[Finding]:
    """One finding for each phrase of that fault in the record; in the words to customers only if `to_customers`."""
    if record.origin is Origin.IMPORTED:
        return
    document = record.document
    clues = corpus.wording.clues(fault, document)
    if not clues:
        return
    told = dict(told_customers(record))
    for path, text in front_matter_prose(record):
        if to_customers or not _is_said(path):
            prose = own_words(text)
            found = corpus.wording.find(clues, prose)
            for said in _without(found, record, corpus, prose, _TO_CUSTOMERS) if path in told else found:
                yield Finding(document.in_value(path, said.start, said.words), f"`{said.words}` {fact}", said.better)
    for said in corpus.wording.find(clues, own_words(document.body)):
        yield Finding(document.in_body(said.start), f"`{said.words}` {fact}", said.better)


def persons_named(record: Record, corpus: Corpus, fact: str) -> Iterator[Finding]:
    """One finding for each person whose name stands as the cause."""
    if record.origin is Origin.IMPORTED:
        return
    document = record.document
    names = corpus.wording.names(document)
    if not names:
        return
    texts: list[tuple[Path | None, str]] = [*front_matter_prose(record), (None, document.body)]
    for path, text in texts:
        lowered = text.lower()
        if any(name in lowered for name in names):
            for said in corpus.wording.find_persons(names, own_words(text)):
                place: Position = document.in_body(said.start) if path is None else document.in_value(path, said.start, said.words)
                yield Finding(place, f"`{said.words}` {fact}", said.better)


def _is_said(path: Path) -> bool:
    return path[-1] == "words" and path[:2] == ("response", "notices")


def _without(found: "Iterable[Said]", record: Record, corpus: Corpus, prose: str, faults: Sequence[str]) -> "Iterator[Said]":
    """What was found, without what lies in the same words as one of `faults`."""
    wording = corpus.wording
    told = sorted((said.start, said.end) for fault in faults if (clues := wording.clues(fault, record.document)) for said in wording.find(clues, prose))
    for said in found:
        before = bisect_left(told, (said.end,))
        if not any(said.start < end for _, end in told[max(0, before - len(faults)):before]):
            yield said


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text[-1:] in ".!?…。" else ".")
