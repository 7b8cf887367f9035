"""Stands in for GitHub's `gh`, as far as the templates use it: comments and issues lie in a file instead of on a host, and what it was not told to know it refuses."""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

HELD = Path(os.environ["STAND_IN"])
"""The file that holds `comments`, `issues` and `labels`."""

OURS = "github-actions[bot]"


def told(value: Any, query: str) -> str:
    """What `--jq` would print. Without jq, only what the templates ask for is understood."""
    if shutil.which("jq"):
        return subprocess.run(["jq", "-r", query], input=json.dumps(value), check=True, capture_output=True, encoding="utf-8").stdout
    if query == ".[].number":
        return "".join(f"{entry['number']}\n" for entry in value)
    login, start = re.fullmatch(r'\.\[\] \| select\(\.user\.login == "(.+)" and \(\.body \| startswith\("(.+)"\)\)\) \| \.id', query).groups()  # type: ignore[union-attr]
    return "".join(f"{entry['id']}\n" for entry in value if entry["user"]["login"] == login and entry["body"].startswith(start))


def api(words: argparse.Namespace, held: dict[str, Any]) -> None:
    """Comments of the one pull request, number 7."""
    body = Path(words.field.removeprefix("body=@")).read_text(encoding="utf-8") if words.field else None
    if words.address == "repos/acme/shop/issues/7/comments":
        if words.method == "POST":
            held["comments"].append({"id": 1 + max((comment["id"] for comment in held["comments"]), default=0), "user": {"login": OURS}, "body": body})
        else:
            assert words.method == "GET"
            sys.stdout.write(told(held["comments"], words.jq))
        return
    id_ = int(words.address.removeprefix("repos/acme/shop/issues/comments/"))
    comment = next(comment for comment in held["comments"] if comment["id"] == id_)
    if words.method == "DELETE":
        held["comments"].remove(comment)
    else:
        assert words.method == "PATCH"
        comment["body"] = body


def issue(words: argparse.Namespace, held: dict[str, Any]) -> None:
    """Issues with one label each."""
    if words.does == "list":
        found = [{"number": each["number"]} for each in held["issues"] if each["label"] == words.label and each["state"] == words.state]
        assert words.json == "number"
        sys.stdout.write(told(found[:words.limit], words.jq))
    elif words.does == "create":
        assert words.label in held["labels"], "could not add label: not found"
        held["issues"].append({"number": len(held["issues"]) + 1, "label": words.label, "state": "open", "title": words.title,
                               "body": words.body_file.read_text(encoding="utf-8")})
    else:
        found = next(each for each in held["issues"] if each["number"] == words.number)
        if words.does == "edit":
            found.update(title=words.title, body=words.body_file.read_text(encoding="utf-8"))
        else:
            found.update(state="closed", comment=words.comment)


def label(words: argparse.Namespace, held: dict[str, Any]) -> None:
    """The labels that there are."""
    assert words.force or words.name not in held["labels"]
    held["labels"] = sorted({*held["labels"], words.name})


def parsed() -> argparse.Namespace:
    commands = argparse.ArgumentParser(allow_abbrev=False)
    kinds = commands.add_subparsers(required=True)
    asked = kinds.add_parser("api")
    asked.set_defaults(run=api)
    asked.add_argument("address")
    asked.add_argument("--method", default="GET")
    asked.add_argument("--jq")
    asked.add_argument("-F", dest="field")
    asked.add_argument("--paginate", action="store_true")
    asked.add_argument("--silent", action="store_true")
    of_issues = kinds.add_parser("issue")
    of_issues.set_defaults(run=issue)
    options = {"list": ["--label", "--state", "--json", "--jq"], "create": ["--title", "--label"], "edit": ["--title"], "close": ["--comment"]}
    does = of_issues.add_subparsers(dest="does", required=True)
    for name, own in options.items():
        one = does.add_parser(name)
        for option in own:
            one.add_argument(option, required=True)
        if name in ("edit", "close"):
            one.add_argument("number", type=int)
        if name in ("create", "edit"):
            one.add_argument("--body-file", type=Path, required=True)
        if name == "list":
            one.add_argument("--limit", type=int, required=True)
    of_labels = kinds.add_parser("label").add_subparsers(required=True).add_parser("create")
    of_labels.set_defaults(run=label)
    of_labels.add_argument("name")
    of_labels.add_argument("--force", action="store_true")
    of_labels.add_argument("--color")
    of_labels.add_argument("--description")
    return commands.parse_args()


if __name__ == "__main__":
    words = parsed()
    held = json.loads(HELD.read_text(encoding="utf-8"))
    words.run(words, held)
    HELD.write_text(json.dumps(held), encoding="utf-8")
