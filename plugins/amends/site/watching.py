"""Watches the folders of the corpus in the preview, also one that is made later, or made again. MkDocs alone can only watch what is there when it begins."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEventHandler,
)


def watch_for(folders: Iterable[Path], server: LiveReloadServer) -> None:
    """Have `server` watch each folder from the moment at which it arrives, and build the site anew when it comes or goes."""
    heard = _Folders(frozenset(map(str, folders)), server)
    for parent in {os.path.dirname(folder) for folder in heard.folders}:
        if os.path.isdir(parent):
            server.observer.schedule(heard, parent, recursive=False)


class _Folders(FileSystemEventHandler):
    """Hears what happens beside the folders, and so when one of them comes or goes."""

    def __init__(self, folders: frozenset[str], server: LiveReloadServer) -> None:
        self.folders = folders
        self._server = server

    def on_created(self, event: DirCreatedEvent | FileCreatedEvent) -> None:
        self._look_at(event.src_path)

    def on_deleted(self, event: DirDeletedEvent | FileDeletedEvent) -> None:
        self._look_at(event.src_path)

    def on_moved(self, event: DirMovedEvent | FileMovedEvent) -> None:
        self._look_at(event.src_path)
        self._look_at(event.dest_path)

    def _look_at(self, path: str | bytes) -> None:
        folder = os.fsdecode(path)
        if folder not in self.folders:
            return
        if os.path.isdir(folder):
            with suppress(KeyError):  # of one that was never watched
                self._server.unwatch(folder)  # a folder that was taken away is watched no more, though it is there again
            with suppress(OSError):  # it is gone already
                self._server.watch(folder)
        for emitter in self._server.observer.emitters:
            if emitter.watch.path == folder:
                emitter.queue_event(FileModifiedEvent(folder))  # of folders MkDocs hears nothing, and no file in it has changed since it is watched
