"""A secret in a record.

## What it flags

Text in the known form of a secret: keys of cloud providers, access tokens, private keys, signed web tokens, what follows `Bearer`, and
addresses with a password in them; and a value of at least eight characters, letters and digits among them, behind `=` or `:` and a name that ends in
`password`, `passwd`, `pwd`, `secret`, `token`, `api_key`, `access_key`, `private_key` or `Passwort`. What only looks random is left
alone, and so are passwords that are no passwords, such as `password`, `***` and `$PASSWORD`. A password without a digit, and one that
is told in a sentence, are not found.

## Why it matters

Logs and commands are pasted into records in the heat of an incident. A secret in a repository is known to everyone who can read it,
now and in every copy; it must be replaced, not only deleted. The finding shows its first letters alone, because logs are published
too.

## Bad

```markdown
## Summary

The job connected to postgres://jobs:Tr0ub4dor.and.3@db7.acme-boards.com/jobs with its own account.
```

```markdown
## Summary

The job ran with `DB_PASSWORD=Tr0ub4dor3xyz` from then on.
```

```markdown
## Summary

The key had been pasted into the chat: `-----BEGIN RSA PRIVATE KEY-----`.
```

## Good

```markdown
## Summary

The job connected to `postgres://jobs:$PASSWORD@db7.acme-boards.com/jobs` with its own account. The new password: it stands where it belongs,
as `DB_PASSWORD=${DB_PASSWORD_2031}`.
```
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from amends.corpus import Corpus
from amends.diagnostics import Finding, Level
from amends.reading.document import Document
from amends.rules.rule import Rule, Scope
from amends.rules.signs import Signs

_SIGNS = {
    "AKIA": "aws:AWSKeyDetector",
    "ASIA": "aws:AWSKeyDetector",
    "ABIA": "aws:AWSKeyDetector",
    "ACCA": "aws:AWSKeyDetector",
    "AccountKey=": "azure_storage_key:AzureStorageKeyDetector",
    "ghp_": "github_token:GitHubTokenDetector",
    "gho_": "github_token:GitHubTokenDetector",
    "ghu_": "github_token:GitHubTokenDetector",
    "ghs_": "github_token:GitHubTokenDetector",
    "ghr_": "github_token:GitHubTokenDetector",
    "glpat-": "gitlab_token:GitLabTokenDetector",
    "glrt-": "gitlab_token:GitLabTokenDetector",
    "gldt-": "gitlab_token:GitLabTokenDetector",
    "eyJ": "jwt:JwtTokenDetector",
    "_authToken": "npm:NpmDetector",
    "pypi-A": "pypi_token:PypiTokenDetector",
    "PRIVATE KEY": "private_key:PrivateKeyDetector",
    "PuTTY": "private_key:PrivateKeyDetector",
    "xox": "slack:SlackDetector",
    "hooks.slack.com": "slack:SlackDetector",
    "k_live_": "stripe:StripeDetector",
    "SG.": "sendgrid:SendGridDetector",
    "T3BlbkFJ": "openai:OpenAIDetector",
    "sq0csp-": "square_oauth:SquareOAuthDetector",
    ":AA": "telegram_token:TelegramBotTokenDetector",
}
"""What a kind of secret can't do without, and the detector of detect-secrets for it."""

_FORMS = {
    "github_pat_": r"github_pat_\w{22}_\w{59}",
    "sk-ant-": r"sk-ant-[a-z]+\d\d-[\w-]{80,}",
    "AIza": r"AIza[\w-]{35}",
    "npm_": r"npm_[A-Za-z0-9]{36}",
    "hf_": r"hf_[A-Za-z]{34}",
    "_v1_": r"do[opr]_v1_[0-9a-f]{64}",
    "earer ": r"[Bb]earer (?=[^\s]*\d)(?=[^\s]*[A-Za-z])(?!eyJ)[\w.~+/-]{20,}=*",
}
"""Secrets that detect-secrets does not know: what each can't do without, and its form as its issuer documents it (a bearer's is that of RFC 6750)."""

_WINDOW = 3000
"""How many characters of a line are looked at from a sign on; a longer secret is found by its beginning."""

_PASSWORD_IN_URL = re.compile(r"://[^\s/?#@:\"'<>()]*:(?P<password>[^\s/?#@\"'<>()]+)@(?P<host>[\w.-]+)")
_NAMES = ("password", "passwort", "kennwort", "passwd", "pwd", "secret", "token", "api key", "api_key", "api-key", "apikey", "access key", "access_key",
          "access-key", "accesskey", "private key", "private_key", "private-key", "secret key", "secret_key", "secret-key", "secretkey")
"""How the name of a secret ends, in lower case."""
_ASSIGNED = re.compile(
    rf"(?:{'|'.join(_NAMES)})[\"'`*_]{{0,3}}[ \t]*(?:=>?|:=?)[\"'`*_]{{0,3}}[ \t]*[\"'`]?(?P<value>[^\s\"'`,;<>()\[\]{{}}|]{{8,200}})", re.IGNORECASE)
_NO_SECRET = re.compile(
    r"[^A-Za-z]*|[^0-9]*|[$%~/.].*|\w+://.*|v?\d+(?:[.-]\w+)*|.*\d{4}-\d{2}-\d{2}.*|(?:[a-z]+[-_./])+[a-z]*\d{0,4}\.?|[A-Z]+-\d+\W?"
    r"|\w+\.\w+(?:\.\w+)*[.:]?|.*(?:example|redacted|placeholder|changeme|xxxx|\*\*\*|\.\.\.|…).*",
    re.DOTALL)
"""What stands behind the name of a secret and is none: words, numbers, times, versions, tickets, paths, references."""
_NO_PASSWORD = re.compile(
    r"\W*|x+|\.+|[$%{\[].*|(?:your|my|the)?[-_]?(?:password|passwd|pass|pwd|secret|token|key)|(?:user|redacted|removed|hidden)",
    re.IGNORECASE,
)
_MADE_UP_HOST = re.compile(r"(?:^|\.)(?:example\.(?:com|org|net)|example|invalid|test)$", re.IGNORECASE)


def check(document: Document, corpus: Corpus) -> Iterator[Finding]:
    """One finding for each secret."""
    text = document.text
    found: dict[int, str] = {}
    for sign in _SIGNS:
        if sign in text:
            found.update(_detected(text, sign, _SIGNS[sign]))
    for sign, form in _FORMS.items():
        if sign in text:
            found.update((match.start(), match[0]) for match in re.finditer(rf"(?<![\w-])(?:{form})(?![\w-])", text, re.ASCII))
    if "@" in text and "://" in text:
        for match in _PASSWORD_IN_URL.finditer(text):
            if not _NO_PASSWORD.fullmatch(match["password"]) and not _MADE_UP_HOST.search(match["host"]):
                found.setdefault(match.start("password"), match["password"])
    for match in _assigned(text):
        value = match["value"]
        if not _NO_SECRET.fullmatch(value) and not _NO_SECRET.fullmatch(value.lower()):
            found.setdefault(match.start("value"), value)
    for at in sorted(found):
        yield Finding(
            document.at(at),
            f"`{_masked(found[at])}` looks like a secret",
            "take it out, and replace the secret itself: it stays in the history",
        )


def _assigned(text: str) -> Iterator[re.Match[str]]:
    """What is given to the name of a secret. The names are looked for first: the pattern alone would try them all at every letter."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters grow in lower case, and then no place is where it was
        yield from _ASSIGNED.finditer(text)
        return
    for _, at in _names().places_in(lowered):
        if (match := _ASSIGNED.match(text, at)) is not None:
            yield match


@cache
def _names() -> Signs:
    return Signs(_NAMES)


def _detected(text: str, sign: str, detector: str) -> Iterator[tuple[int, str]]:
    """Where the detector finds a secret near its sign. It sees a window at a time: some of its patterns take quadratic time."""
    start = 0
    while (at := text.find(sign, start)) >= 0:
        left = max(text.rfind("\n", 0, at) + 1, at - 200, start)
        end = text.find("\n", at)
        right = min(len(text) if end < 0 else end, at + _WINDOW)
        for regex in _patterns(detector):
            for match in regex.finditer(text, left, right):
                if "EXAMPLE" not in match[0] and (detector != "jwt:JwtTokenDetector" or _is_signed_token(match[0])):
                    yield match.start(), match[0]
        start = max(right, at + len(sign))


@cache
def _patterns(detector: str) -> tuple[re.Pattern[str], ...]:
    from importlib import import_module  # the detectors load an HTTP library, which a clean record does not need

    module, name = detector.split(":")
    kind: Any = getattr(import_module(f"detect_secrets.plugins.{module}"), name)
    return tuple(kind.denylist)


def _is_signed_token(text: str) -> bool:
    from detect_secrets.plugins.jwt import JwtTokenDetector

    return bool(JwtTokenDetector.is_formally_valid(text))


def _masked(secret: str) -> str:
    return secret if secret.isupper() and " " in secret else f"{secret[:4] if len(secret) >= 16 else secret[:1]}…"


RULE = Rule("S706", "secret", Level.ERROR, Scope.DOCUMENT, check, __doc__, ("@", *_NAMES, *(sign.lower() for sign in (*_SIGNS, *_FORMS))))
