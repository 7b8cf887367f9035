"""New records and checklists: what is known filled in, and comments that guide through the rest.

A line that begins with `# ` and a key is a suggestion: with the `# ` taken away it is front matter, with a placeholder in
angle brackets where the author's words go. Every key of format 1 stands in the text, as a value or as a suggestion.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from amends.checklist import Stage
from amends.reading import frontmatter
from amends.reading.moments import Moment
from amends.reading.typed import nearest
from amends.record import (
    CURRENT_FORMAT,
    ActionKind,
    Basis,
    Confidence,
    Consequence,
    Finder,
    Harm,
    Likelihood,
    NoticeKind,
    Origin,
    ReviewFor,
    Severity,
    Status,
    Visibility,
)
from amends.settings import Settings

MAX_SLUG = 60
"""Characters of a slug; what goes beyond is cut off, where possible between words."""


class Unusable(ValueError):
    """A title, a service or a team that no record can be started with."""


@dataclass(frozen=True)
class Draft:
    """A file that is still to be written."""

    path: str
    """Relative to the folder of the settings, with forward slashes."""
    text: str


def slug(title: str) -> str:
    """The title as a part of a file's name: lower case, words joined by hyphens; empty where it holds no letter or digit.

    Letters of other scripts stay; Latin ones lose their accents, so that the name can be typed on any keyboard.
    """
    plain = "".join(_unaccented(c) for c in unicodedata.normalize("NFKC", title).casefold() if c not in "'’ʼ")
    plain = "".join(c for c in plain if unicodedata.category(c)[0] != "M")  # a stem holds letters and digits alone
    words = re.findall(r"[^\W_]+", plain)
    short = ""
    for word in words:
        longer = f"{short}-{word}" if short else word
        if len(longer) > MAX_SLUG:
            return short or longer[:MAX_SLUG]
        short = longer
    return short


def _unaccented(character: str) -> str:
    base = unicodedata.normalize("NFKD", character)[0]
    return base if base.isascii() else character


def new_record(
    settings: Settings, title: str, *, now: datetime, severity: Severity | None = None, services: Sequence[str] = (),
    owner: str | None = None, started: Moment | None = None,
) -> Draft:
    """A draft of a record for what happened at `started`, or on the day of `now`, which is aware and in the author's offset.

    Raises Unusable.
    """
    title = _title(title)
    for service in services:
        _known("service", service, settings.vocabulary.services)
    if owner is not None:
        _known("team", owner, settings.vocabulary.owners)
    began = started or Moment(now.date(), None)
    stem = f"{began.day.isoformat()}-{slug(title) or 'incident'}"
    offset = (began.instant or now).strftime("%z")
    offset = f"{offset[:3]}:{offset[3:5]}"
    text = _RECORD.format(
        format=CURRENT_FORMAT,
        title=_scalar(title),
        severity=f"severity: {severity.value}" if severity else "# severity: <how bad it is for customers>",
        services=_services(services, _ask("what customers felt it on", settings.vocabulary.services)),
        owner=f"owner: {_scalar(owner)}" if owner else "# owner: " + _ask("the team that answers for it", settings.vocabulary.owners),
        started=began.iso,
        zone="UTC" if offset == "+00:00" else f"UTC{offset}",
        example=f"{began.day.isoformat()}T14:03{'Z' if offset == '+00:00' else offset}",
        day=began.day.isoformat(),
        factor=_ask("what kind of factor", settings.vocabulary.factors),
        promises=_ask("a promise of ours that was broken", settings.vocabulary.promises),
        statuses=_words(Status), severities=_words(Severity), origins=_words(Origin), visibilities=_words(Visibility),
        reviewed_for=_words(ReviewFor), finders=_words(Finder), harms=_words(Harm), confidences=_words(Confidence),
        likelihoods=_words(Likelihood), consequences=_words(Consequence), notice_kinds=_words(NoticeKind), bases=_words(Basis),
        action_kinds=_words(ActionKind),
    )
    return Draft(f"{settings.incidents}/{began.day.year:04d}/{stem}.md", text)


def new_checklist(
    settings: Settings, title: str, *, now: datetime, stage: Stage | None = None, services: Sequence[str] = (), owner: str | None = None,
) -> Draft:
    """A checklist that is still without items. Raises Unusable."""
    title = _title(title)
    for service in services:
        _known("service", service, settings.vocabulary.services)
    if owner is not None:
        _known("team", owner, settings.vocabulary.owners)
    name = slug(title)
    if not name:
        raise Unusable(f"no file can be named after `{title}`\n  help: give a title with letters or digits")
    text = _CHECKLIST.format(
        format=CURRENT_FORMAT,
        title=_scalar(title),
        stage=(stage or Stage.CHANGE).value,
        stages=_words(Stage),
        services=_block("services", services, _ask("a service that it is for; without any it is for all", settings.vocabulary.services)),
        owner=f"owner: {_scalar(owner)}" if owner else f"owner:\n  unknown: {_NOBODY}",
        day=now.date().isoformat(),
        later=f"{now.year + 1:04d}-{now.month:02d}-01",
    )
    return Draft(f"{settings.prevention}/{name}.md", text)


_NOBODY = "Nobody answers for this checklist yet; the team that takes it puts its name in place of this line."


def _title(title: str) -> str:
    line = " ".join("".join(c if c.isprintable() else " " for c in title).split())
    if not line:
        raise Unusable("the title is empty\n  help: say in one line what happened, for example \"Search is slow for everyone in Europe\"")
    return line


def _known(what: str, word: str, vocabulary: Mapping[str, str]) -> None:
    if vocabulary and word not in vocabulary:
        hint = nearest(word, list(vocabulary)) or f"known here: {', '.join(vocabulary)}"
        raise Unusable(f"`{word}` is no {what} of this site\n  help: {hint}")
    if not re.fullmatch(r"[^\W_][\w.-]*", word):
        raise Unusable(f"`{word}` can't be the name of a {what}\n"
                       "  help: use letters, digits, dots, hyphens and underscores, without spaces")


def _scalar(text: str) -> str:
    """`text` as YAML: plain where every reader takes it as it stands, else in quotes."""
    if re.match(r"[^\W\d_]", text) and text.lower() not in _GUESSED and frontmatter.parse(f"key: {text}", 1).values == {"key": text}:
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_GUESSED = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
"""Words that YAML 1.1 takes for something else."""


def _words(kind: type[Enum]) -> str:
    return ", ".join(member.value for member in kind)


def _ask(what: str, vocabulary: Iterable[str]) -> str:
    known = ", ".join(vocabulary)
    return f"<{what}; known here are {known}>" if known else f"<{what}>"


def _block(key: str, entries: Sequence[str], ask: str) -> str:
    return "\n".join([f"{key}:", *(f"  - {_scalar(entry)}" for entry in entries)] if entries else [f"# {key}:", f"#   - {ask}"])


def _services(entries: Sequence[str], ask: str) -> str:
    side = ["- name: <one that suffered without being at fault>", "  role: collateral"]
    return "\n".join([_block("services", entries, ask), *(f"  # {line}" if entries else f"#   {line}" for line in side)])


_RECORD = """\
---
# A line like `# key: <…>` is a suggestion. Take the `# ` away and write your words in place of the angle brackets, or delete the line.
# Where there is nothing to tell, say so and why, in place of a value: {{none: why}}, {{unknown: why}} or {{missed: why}}.
# `amends check` names what is still missing. A draft may stay as empty as it is.
format: {format}
title: {title}
status: draft  # {statuses}; from review on, what your severity asks for is due
# The worst is sev1. Known are {severities}.
{severity}
origin: internal  # {origins}; external is an outside account, imported is not gated yet
visibility: staff  # {visibilities}
{services}
{owner}
# reviewers:
#   - who: <a team or a role>
#     for: <{reviewed_for}>
#     on: <the day>
# aliases:
#   - <an outside number, for example INC-1234>
# recurrence_of:
#   - <the stem of an earlier incident that this one repeats>
# plans_used:
#   - of: <the stem of the earlier incident whose contingency plan was used>
#     plan: <which of its plans, counted from 1, where it has several>
#     worked: <true or false; or why it was not used>
#     why: <what helped, or what failed>
# related:
#   - to: <the stem of another incident>
#     as: <what it is to this one, for example caused-by-its-fix>

# Times have an offset, {example}, or are only a day, {day}, or roughly known, {{about: {day}}}.
times:
  # triggered: <when the change or event that set it off happened>
  started: {started}  # when customers began to feel it; to the minute where you know it
  # first_report: <when the first report came from outside>
  # detected: <when we knew>
  # detected_by: <{finders}>
  # understood: <when the cause was clear>
  # mitigated: <when customers stopped feeling the worst of it>
  # resolved: <when it was over>
  # reopened:
  #   - from: <when it came back>
  #     to: <when it was over again>

# What it did to customers, in their words.
# customer_impact:
#   summary: <what they could not do>
#   affected:
#     - count: <how many>
#       of: <of how many>
#       share: <or which part of the whole, for example 0.3%>
#       unit: <what is counted, for example organisations>
#       where: <the region or group>
#   harms:
#     - <{harms}; an empty list is a near miss>
#   felt_on:
#     - <web, mobile, phone, in-person>
#   languages:
#     - <of those affected, for example en>
#   promises_broken:
#     - {promises}

# Why it happened. Several things came together; there is never one cause.
# root_cause:
#   summary: <why it happened, for a colleague who was not there>
#   trigger: <the event that set it off>
#   factors:
#     - kind: {factor}
#       what: <what made it possible>
#       evidence: <a link, or where it can be seen>
#       confidence: <{confidences}>
#   why_not_caught: <why our guards did not stop it>

# What is still at risk today.
# risk:
#   - what: <what could happen>
#     likelihood: <{likelihoods}>
#     consequence: <{consequences}>
#     protection: <what protects those at risk meanwhile>
#     owner: <the team that watches it>
#     review_by: <the day on which it is looked at again>
#     came_true:
#       - <the file name, without .md, of a later incident in which it came true>
#     closed: <the day on which it ended>

# What to do when it happens again.
# contingency_plan:
#   - if: <how you know that it is happening>
#     then:
#       - <the first step>
#       - <the second step>
#     owner: <the team that carries it out>
#     within: <the time in which customers have their service back, for example 4h>
#     rehearsed: <the day of the last rehearsal>

# What was said to customers, promised and given, and whether they are satisfied.
# response:
#   notices:
#     - at: <when it went out>
#       kind: <{notice_kinds}>
#       by: <who spoke>
#       to: <affected, everyone, partners, regulator>
#       via:
#         - <email, status-page, phone>
#       languages:
#         - <for example en>
#       words: <what was said>
#       next_update_by: <when the next message was promised for>
#       url: <where it can be read>
#   commitments:
#     - id: C1
#       promise: <what was promised>
#       to: <to whom>
#       made: <when>
#       due: <by when>
#       kept: <when it was kept>
#       broken: <or why it was not kept>
#       evidence: <where one can see that it was kept>
#   remedies:
#     - what: <what they got>
#       to: <who got it>
#       basis: <{bases}>
#       offered: <when it was offered>
#       issued: <when it had reached them>
#       ongoing: <true where it goes on>
#   follow_up:
#     contacted: <how many were asked>
#     satisfied: <how many said that they are satisfied>
#     verified: <when>
#     how: <how it was measured>
#   scores:
#     - scale: <for example CSAT>
#       points:
#         - at: <when it was measured>
#           value: <the value>
#   feedback:
#     asked: <when they were asked>
#     via: <how>
#     learned: <what they said>
#     changed: <what it changed>
#   staff:
#     briefed: <when our own people were told>
#     told: <what they were told to say>
#     may_offer: <what they may offer on their own authority>
#   obligations:
#     - clock: <a duty to report that applies, for example gdpr-33, nis2-23-notification or dora-19-initial>
#       aware: <when we became aware of it; without it, detected counts>
#       classified: <when it was classified as major, where the clock runs from there>
#       notified: <when they were told>
#       why_late: <or why it took longer than the clock allows>

# What is done so that it does not happen again, and what the checklists learn from it.
# actions:
#   - id: A1
#     what: <what is to be done>
#     kind: <{action_kinds}>
#     owner: <the team that does it>
#     due: <by when>
#     done: <when it was done>
#     dropped: <or why it will not be done>
#     evidence: <where one can see that it was done>
#     teaches:
#       - <the checklist item that it feeds, as checklist/item>
#     same_as: <or, in place of all this, the action of another record, as stem/A1>
# teaches:
#   - <a checklist item that this incident supports without an action, as checklist/item>
# sources:
#   - <where the facts come from>

# not_applicable:
#   remedies: <why a part that the policy asks for does not apply here>
# silence:
#   - code: <the code of a finding that you let stand>
#     why: <the reason>
# page:
#   description: <one sentence for search engines and previews>
#   tags:
#     - <a tag>
#   search:
#     exclude: <true to keep it out of the search>
# extra:
#   <a key of your own>: <anything>
---

## Summary

<!-- Three or four sentences: what happened, to whom, why, and what was done about it. -->

## Timeline ({zone})

<!-- A list. Each entry begins with a time, for example: {example} The first customer writes in. -->

## What went well

## What went badly

## Where we were lucky
"""

_CHECKLIST = """\
---
# A line like `# key: <…>` is a suggestion. Take the `# ` away and write your words in place of the angle brackets, or delete the line.
format: {format}
title: {title}
stage: {stage}  # when it is used: {stages}
{services}
{owner}
# items:
#   - id: <a short name; records point to it as checklist/name>
#     check: <what is checked, as an order that can be ticked off>
#     why: <what happened to whom because it was not>
#     verify: <how one proves it>
#     since: {day}
#     adopted:
#       - where: <the service or team in which it is in force>
#         on: <since when>
#         verified: <when it was last proved there>
#     review_by: {later}
---

<!-- A sentence or two: when to go through this list, and who does. Then, for each item, a heading with its name and what helps to do it:

`## the-item`

-->
"""
