"""How git is called: so that it runs nothing that a repository or a user configured, asks nobody, fetches nothing, and always answers in the same way.

A partial clone lacks some of what git is asked for, and would fetch it; the gate calls no other host.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

COMMAND = (
    "git", "--no-pager", "--no-replace-objects", "--literal-pathspecs",
    *(word for setting in (
        "core.fsmonitor=false", f"core.hooksPath={os.devnull}", "core.quotePath=false", "log.showRoot=true", "log.showSignature=false", "log.follow=false",
        "mailmap.file=", "mailmap.blob=", "diff.renameLimit=2000", "diff.relative=false", "gc.auto=0",
    ) for word in ("-c", setting)),
)
"""What every call begins with: without what a user may have set otherwise, and what must not change the answer or run a program."""

RAW_DIFF = ("--raw", "-z", "--no-abbrev", "--no-ext-diff", "--no-textconv", "--no-color", "--ignore-submodules=all", f"-O{os.devnull}")
"""How git is asked what differs: in full names, without running anything, and whatever its user has set."""

ENVIRONMENT = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none", "GIT_PAGER": "cat"}
"""No translations, no questions, no locks, and no fetching."""

_POINTERS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE",
             "GIT_PREFIX", "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE", "GIT_REPLACE_REF_BASE", "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS",
             "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS", "GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS", "GIT_ATTR_SOURCE")
"""Variables that point git somewhere else, as hooks have them."""


def appointed(base: str) -> dict[str, str]:
    """The repository that the environment appoints, if `base` lies in its working tree.

    A hook runs with `GIT_DIR` set, and often relative to a folder that is not ours.
    """
    git_dir = os.environ.get("GIT_DIR")
    if not git_dir or not os.path.isdir(git_dir):
        return {}
    tree = os.path.realpath(os.environ.get("GIT_WORK_TREE") or os.getcwd())
    inside = os.path.commonpath((tree, os.path.realpath(base))) == tree
    return {"GIT_DIR": os.path.abspath(git_dir), "GIT_WORK_TREE": tree} if inside else {}


@contextmanager
def own_variables() -> Iterator[None]:
    """Without the variables that point git elsewhere."""
    kept = {name: os.environ.pop(name) for name in _POINTERS if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(kept)


def is_partial(said: str) -> bool:
    """Whether git, by what it said when it refused, wanted to fetch what a partial clone lacks."""
    return "promisor" in said or "transport '" in said or "not allowed" in said
