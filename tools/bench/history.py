"""What reading the history costs: makes a corpus with many commits, reads it in processes of their own, and prints seconds and memory.

The first run reads everything, the second finds all of it kept, the third goes on after one more commit. Reading the records themselves, which a
check does anyhow, is not counted.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from synthesise import synthesise

_READ = """
import gc, resource, sys, time
from pathlib import Path
from amends.corpus import Corpus
from amends.settings import load_settings
gc.disable()
corpus = Corpus.open(load_settings(Path(sys.argv[1]) / "mkdocs.yml"))
records = len(corpus.records)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
started = time.perf_counter()
history = corpus.history
seconds = time.perf_counter() - started
assert history.unread is None, history.unread
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(f"{seconds:.2f} s, {memory // 1024} MiB at most ({(memory - before) // 1024} of them for the history), "
      f"{records:,} records, {sum(len(past.versions) for past in history):,} versions, {sum(len(past.changes) for past in history):,} changes")
"""


def commands(folder: Path, commits: int, changed: int, seed: int) -> Iterator[bytes]:
    """What `git fast-import` is told: one commit with everything, then `commits` that change some records each."""
    chance = random.Random(seed)  # noqa: S311 - nothing is secret here
    texts = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*")) if path.is_file()
             if ".git" not in path.parts}
    records = [path for path in texts if path.startswith("incidents/") and path.count("/") == 2]
    yield _commit(0, "Everything")
    for path, text in texts.items():
        yield _file(path, text)
    for number in range(1, commits + 1):
        yield _commit(number, f"Change {number}")
        for path in chance.sample(records, changed):
            if chance.random() < 0.5:
                texts[path] = texts[path].replace("due: 20", "due: 21", 1) if "due: 20" in texts[path] else texts[path].replace("due: 21", "due: 20", 1)
            else:
                texts[path] += f"\nA word more, the {number}th.\n"
            yield _file(path, texts[path])
    for path in records:
        (folder / path).write_text(texts[path], encoding="utf-8")


def _commit(number: int, message: str) -> bytes:
    who = f"Author {number % 7} <author{number % 7}@example.org> {1_700_000_000 + 3600 * number} +0100"
    return f"commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata {len(message)}\n{message}\n".encode()


def _file(path: str, text: str) -> bytes:
    raw = text.encode()
    return b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(raw), raw)


def git(folder: Path, *arguments: str, stdin: bytes | None = None) -> None:
    """Run git. Raises CalledProcessError."""
    subprocess.run(["git", *arguments], cwd=folder, input=stdin, check=True, capture_output=True, env={  # noqa: S603, S607 - our own command lines
        **os.environ, "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org", "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.org"})


def read(folder: Path) -> str:
    """What a process of its own says of reading the history."""
    return subprocess.run([sys.executable, "-c", _READ, str(folder)], check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603 - likewise


def main() -> None:
    """Make the repository, read it three times, print a line each."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--commits", type=int, default=1_000, help="beside the first, which adds everything")
    parser.add_argument("--changed", type=int, default=10, help="records that each commit changes")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="amends-bench-") as name:
        folder = Path(name)
        synthesise(folder, arguments.records)
        git(folder, "init", "-q", "-b", "main")
        git(folder, "fast-import", "--quiet", stdin=b"".join(commands(folder, arguments.commits, arguments.changed, 1)))
        git(folder, "reset", "-q")
        started = time.perf_counter()
        git(folder, "log", "--raw", "-M", "-z", "--format=%H", "--", "incidents", "prevention")
        print(f"git log      {time.perf_counter() - started:.2f} s, the floor")
        print(f"first run    {read(folder)}")
        print(f"kept         {read(folder)}")
        one = next((folder / "incidents").glob("*/*.md"))
        one.write_text(one.read_text(encoding="utf-8") + "\nOne more.\n", encoding="utf-8")
        git(folder, "commit", "-qam", "One more")
        print(f"one more     {read(folder)}")


if __name__ == "__main__":
    main()
