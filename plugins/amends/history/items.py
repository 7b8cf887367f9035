"""Since when git has an item of a checklist. Asked only for items that do not say it themselves."""

from collections.abc import Mapping, Set
from typing import TYPE_CHECKING

from amends.checklist import read_checklist
from amends.history.past import Past, Version
from amends.history.repository import Repository, Unreadable
from amends.reading.document import decode_document

if TYPE_CHECKING:
    from amends.corpus import Corpus


def first_versions(corpus: "Corpus", wanted: Mapping[str, Set[str]]) -> dict[tuple[str, str], Version]:
    """For the items by their checklists' paths, the version since which each has been there without a break. Raises Unreadable."""
    if corpus.history.unread is not None:
        raise Unreadable(corpus.history.unread, corpus.history.detail)
    pasts = [past for path in wanted if (past := corpus.history.past(path)) is not None]
    if not pasts:
        return {}
    settings = corpus.settings
    blobs = dict.fromkeys(version.new for past in pasts for version in past.versions if version.new)
    repository = Repository.around(str(settings.root), (settings.incidents, settings.prevention))
    ids = {blob: _item_ids(raw) for blob, raw in repository.texts(blobs) if raw is not None}
    return {(past.path, id_): version for past in pasts for id_ in wanted[past.path] if (version := _since(past, id_, ids)) is not None}


def _since(past: Past, id_: str, ids: Mapping[str, Set[str] | None]) -> Version | None:
    """The first of the last versions that all have the item; one that could not be read says neither yes nor no."""
    first = None
    for version in past.versions:
        held = ids.get(version.new) if version.new else frozenset()
        if held is not None:
            first = (first or version) if id_ in held else None
    return first


def _item_ids(raw: bytes) -> Set[str] | None:
    document = decode_document("checklist.md", raw)
    return None if document.broken else read_checklist(document).item_ids
