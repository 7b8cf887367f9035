"""What the rules of this family look at: the records that the site answers for itself, each with its past."""

from collections.abc import Iterator

from amends.corpus import Corpus
from amends.history import History, Past
from amends.record import Origin, Record


def told(corpus: Corpus, history: History, *, changed: bool = True) -> Iterator[tuple[Record, Past]]:
    """Each record that can be read with its past; with `changed`, only those in which something that rules look at has changed.

    An outside account and an imported record are left out: what changes in them is how well they tell of others, or of old times.
    """
    for path in corpus.incidents.pages:
        past = history.past(path)
        if past is None or (changed and not past.changes):
            continue
        record = corpus.record_at(path)
        if record.origin is Origin.INTERNAL and not record.document.broken:
            yield record, past
