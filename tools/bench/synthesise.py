"""A made-up corpus of any size, the same for the same seed: realistic records in which nothing is wrong, to measure with.

Run it as `python tools/bench/synthesise.py FOLDER --records 10000`. The folder then holds what a repository of records holds:
`mkdocs.yml`, `docs/`, `incidents/` and `prevention/`. Company, people and figures are invented.
"""

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

FIRST_DAY = date(2021, 1, 4)
DAYS = 3900
"""The days over which the incidents are spread."""
FEW = 1_000
"""In a smaller corpus, two records with one of the few causes below look like the same again; in a larger one they are so many that the cause
passes for a manner of speaking.
"""

SERVICES = (
    "boards", "wiki", "mail", "calendar", "search", "billing", "sign-in", "files", "chat", "video", "reports", "imports", "mobile-app",
    "public-api", "webhooks", "notifications", "status-page", "admin-console", "backups", "payments", "directory", "forms", "exports",
    "translations", "maps",
)
OWNERS = ("platform", "storage", "network", "identity", "support", "payments-team", "web", "mobile", "data", "sre", "release", "security")
FACTORS = (
    "change", "configuration", "capacity", "dependency", "missing-validation", "missing-monitoring", "untested-recovery",
    "unclear-ownership", "confusing-tools", "shared-fate", "time-pressure", "expired-certificate",
)
PROMISES = ("uptime", "data-safe", "reachable", "warned-in-time", "honest-bills")
STAGES = ("design", "build", "change", "release", "operate", "respond", "customers")

SYMPTOMS = (
    ("slow", "answers slowly", "waited for pages that used to open at once", "degraded"),
    ("down", "cannot be reached", "could not open anything and did not know why", "outage"),
    ("empty-lists", "shows empty lists", "believed that their work was gone", "wrong-data"),
    ("lost-uploads", "loses uploads", "had to upload again what they had already sent", "data-loss"),
    ("double-charges", "charges twice", "saw a second charge on their statement", "financial"),
    ("wrong-language", "answers in the wrong language", "could not read what they were told", "service"),
    ("late-messages", "delivers messages late", "learned of appointments after they had passed", "degraded"),
    ("locked-accounts", "locks people out", "could not sign in before an important meeting", "outage"),
    ("stale-figures", "shows figures of the day before", "decided on numbers that were no longer true", "wrong-data"),
    ("broken-exports", "writes broken exports", "could not hand in files that were due the same day", "service"),
)
PLACES = ("eu", "us-east", "apac", "brazil", "nordics", "iberia", "canada", "one shard", "two regions")
CHANNELS = (("email", "status-page"), ("status-page", "in-app"), ("email", "phone"), ("status-page",), ("email", "in-app", "social-media"))
LANGUAGES = (("en",), ("en", "de"), ("en", "fr", "es"), ("en", "ja"), ("en", "pt", "es"))
OFFSETS = (timezone.utc, timezone(timedelta(hours=2)), timezone(timedelta(hours=-5)), timezone(timedelta(hours=5, minutes=30)))

TRIGGERS = (
    "A configuration change for {service} went to every machine at once",
    "The nightly job of {service} met a table that had doubled in size",
    "A certificate between {service} and the gateway ran out at the full hour",
    "A cleaning script was given the list of the wrong environment",
    "A supplier switched off an address that {service} still used",
    "A flag that had been off for a year was turned on for a test",
)
CAUSES = (
    "Two limits that belonged together lived in two repositories, and only one of them was raised when traffic grew",
    "The path that fails when a dependency is slow had never been run under real load, and it held on to every connection",
    "A default from the first year of the product met customers a hundred times larger than those it was chosen for",
    "The check before the roll-out compared the new configuration with itself, so any mistake in it looked like agreement",
    "A retry without a pause turned one slow answer into a wave that the database could not carry",
)
MADE_POSSIBLE = (
    "The change was reviewed for its syntax and not for what it would do to customers",
    "Nobody was told when the queue grew, because the alarm watched its speed alone",
    "The written procedure named a tool that had been replaced the winter before",
    "Both copies of the service depended on the same directory for their addresses",
    "The team that owned the limit had been merged into another, and the limit was not handed over",
    "A rehearsal had been planned twice and put off twice for a release",
    "Test data held no account with more than fifty members",
)
GUARDS = (
    "The staged roll-out covers programs, and this was a configuration file, which takes another road.",
    "The alarm looks at averages; the customers who were hit are a small part of all and vanish in the mean.",
    "Our tests start from an empty system, and the fault needs one that has been running for weeks.",
    "The review asked whether the change was right, and not what happens if it is wrong.",
)
RISKS = (
    "Another limit of the same kind may be waiting in a service that has grown as fast",
    "The old path is still reachable for customers who have not moved to the new address",
    "A restore of this size has been measured once and may take longer at the end of a month",
    "The supplier announces changes on a list that only two of us read",
)
PROTECTIONS = (
    "An alarm at two thirds of every limit, and a weekly look at those that are near",
    "The old path answers with a notice, and support calls those who still use it",
    "Spare capacity for twice the usual load until the new store is in place",
)
SIGNS = (
    "Errors of {service} rise above one in a hundred for five minutes while its machines look idle",
    "More than three customers write within ten minutes that {service} {fault}",
    "The queue of {service} grows while nothing is released",
)
STEPS = (
    "Stop the roll-out and take the last change of the day back, before looking for the cause.",
    "Write on the status page what customers see, and when the next word will come.",
    "Move the traffic of the region that suffers to the one beside it, a tenth at a time.",
    "Ask support for three customers who see it, and stay in touch with them until they say that it is over.",
    "Turn retries off at the gateway and let the queue drain.",
    "Compare what is stored with the copy of the night before, and list what differs.",
)
ACTIONS = (
    ("prevent", "Let configuration take the same staged road as programs, with a pause after each stage"),
    ("prevent", "Refuse at start-up any two limits that contradict each other"),
    ("prevent", "Give every destructive job a dry run whose outcome a second person confirms"),
    ("detect", "Watch the slowest tenth of requests a customer at a time, and not only the mean"),
    ("detect", "Raise an alarm when support receives three letters of one kind within ten minutes"),
    ("mitigate", "Add a switch that takes the service to a plain read-only state within a minute"),
    ("recover", "Automate the restore of a single customer, and rehearse it every quarter"),
    ("communicate", "Prepare the first message in all languages, so that it can leave within a quarter of an hour"),
)
PROMISED = (
    "Every customer who was affected receives a written account of what happened",
    "Nothing is charged for the days on which the service was not whole",
    "Planned work of this kind is announced a week ahead in the product itself",
    "A person answers the telephone of larger customers around the clock",
)
GIFTS = ("A month without charge", "A credit of ten percent of the monthly fee", "Extra storage for a year, without asking for it")
LEARNED = (
    "They had minded the silence more than the fault, and would have liked a first word even without an explanation.",
    "They wanted to know whether their own work was safe before they wanted to know the cause.",
    "Larger customers asked for a list of what exactly had been touched, so that they could tell their own people.",
)
CHANGED = (
    "The first message now leaves before the cause is known, and says when the next one comes.",
    "Every message begins with what is safe and what is not.",
    "The account manager sends a list of what was touched within a day.",
)
TOLD = (
    "That it is our fault, that nothing is lost, and when the next message comes.",
    "What is known and what is not, in plain words, and not to guess at the cause.",
)
OFFERS = ("A credit of up to ten percent without asking anybody.", "A call back within the hour by a person who knows the case.")
WELL = (
    "Support and engineering sat in one call from the first quarter of an hour on, so that no question had to be asked twice.",
    "The backup of the night before was complete, and reading it back took eleven minutes instead of the thirty that were planned.",
    "One customer offered to try each repair first, which told us within a minute whether it helped.",
    "The person on duty wrote down every step with its time, and this page could be written from those notes.",
)
BADLY = (
    "For the first half hour we looked at the database, because the last three incidents had begun there.",
    "The status page said that all was well until somebody changed it by hand.",
    "Two people repaired the same thing in different ways, and the second repair undid the first.",
    "The switch that would have helped was behind the sign-in that had failed.",
    "Nobody could say how many customers were affected, since the figures came from the service that was down.",
)
LUCKY = (
    "It was a public holiday in the region with the most customers.",
    "The one engineer who had built that part happened to be in the building, on the way to a farewell.",
    "The faulty job wrote its output to a volume that was nearly full, and stopped by itself.",
)
HAPPENED = (
    "The on-call engineer sees errors rise and opens a call.",
    "Support reports that customers of `{service}` describe the same thing in different words.",
    "A first guess, that the network between the zones is at fault, is tested and ruled out.",
    "Traffic of {place} is moved away, a tenth at a time; the errors follow it.",
    "The change of the morning is taken back on one machine, and that machine recovers at once.",
    "The same is done everywhere, in four steps with a pause after each; 97.3% of requests succeed again.",
    "Records 1048576 to 1310719 of the queue are read again, since their order had been lost.",
    "A customer in Zürich confirms that the lists are whole again.",
)


@dataclass(frozen=True)
class Incident:
    """The outline that a record is written from, and that later ones refer to."""

    number: int
    day: date
    service: str
    symptom: tuple[str, str, str, str]
    stem: str
    status: str
    """Where it is closed, all its actions are done."""

    @property
    def path(self) -> str:
        """The record's file, relative to the corpus."""
        return f"incidents/{self.day.year}/{self.stem}.md"


def synthesise(folder: Path, records: int, seed: int = 1) -> None:
    """Write a corpus of that many records into `folder`, which is made; what lies there already is left alone or overwritten."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret is made of it
    outlines = _outlines(chance, records)
    items = _items(chance, records)
    pages = {"mkdocs.yml": _settings(), "docs/index.md": "# Records\n\nMade up, to measure with.\n"}
    pages["incidents/README.md"] = "# Incidents\n\n<!-- amends:register -->\n"
    pages["prevention/README.md"] = "# Prevention\n\n<!-- amends:index -->\n"
    for name, ids in items.items():
        pages[f"prevention/{name}.md"] = _checklist(chance, name, ids)
    references = [f"{name}/{item}" for name, ids in items.items() for item in ids]
    for path, text in pages.items():
        _write(folder / path, text)
    for year in sorted({incident.day.year for incident in outlines}):
        (folder / f"incidents/{year}").mkdir(parents=True, exist_ok=True)
    for incident in outlines:
        with open(folder / incident.path, "w", encoding="utf-8", newline="\n") as file:
            own = random.Random(seed * 1_000_003 + incident.number)  # noqa: S311 - likewise
            file.write(_record(own, incident, outlines, references))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _outlines(chance: random.Random, records: int) -> list[Incident]:
    """The incidents in the order of their days, each with a stem of its own."""
    outlines = []
    taken: set[str] = set()
    for number, day in enumerate(sorted(chance.randrange(DAYS) for _ in range(records))):
        started = FIRST_DAY + timedelta(days=day)
        while True:
            service, symptom, place = chance.choice(SERVICES), chance.choice(SYMPTOMS), chance.choice(PLACES).replace(" ", "-")
            stem = f"{started.isoformat()}-{service}-{symptom[0]}-{place}"
            if stem not in taken:
                break
        taken.add(stem)
        outlines.append(Incident(number, started, service, symptom, stem, chance.choices(("published", "closed"), (60, 40))[0]))
    return outlines


def _items(chance: random.Random, records: int) -> dict[str, list[str]]:
    """Checklists with the ids of their items, no more than the records can support."""
    verbs = ("stage", "rehearse", "watch", "limit", "announce", "confirm", "measure", "separate")
    things = ("roll-outs", "restores", "queues", "limits", "work", "deletions", "messages", "copies", "keys", "suppliers")
    names = [f"{verb}-{thing}" for verb in verbs for thing in things]
    chance.shuffle(names)
    names = names[:max(min(records, len(names)), 1)] if records else []
    return {f"{stage}-checklist": names[number::len(STAGES)] for number, stage in enumerate(STAGES) if names[number::len(STAGES)]}


def _settings() -> str:
    words = {"services": SERVICES, "owners": OWNERS, "factors": FACTORS, "promises": PROMISES}
    vocabulary = ""
    for kind, ids in words.items():
        vocabulary += f"        {kind}:\n" + "".join(f"          {word}: {word.replace('-', ' ').capitalize()}\n" for word in ids)
    return f"""\
site_name: Synthetic records
docs_dir: docs
theme:
  name: material
  font: false
plugins:
  - search
  - amends:
      vocabulary:
{vocabulary}"""


def _checklist(chance: random.Random, name: str, ids: Sequence[str]) -> str:
    items = "".join(f"""\
  - id: {item}
    check: {item.replace("-", " ").capitalize()} before anything reaches customers, and keep the proof beside the change.
    why: >-
      {chance.choice(MADE_POSSIBLE)}, and it took {chance.randint(2, 40)} hours until those affected could work again.
    verify: The last proof is younger than {chance.randint(2, 12)} weeks and was looked at by somebody from another team.
    since: {(FIRST_DAY + timedelta(days=DAYS)).isoformat()}
    adopted: []
    review_by: 2033-0{chance.randint(1, 9)}-01
""" for item in ids)
    guidance = "\n".join(f"## {item}\n\n{chance.choice(WELL)} {chance.choice(BADLY)} {chance.choice(GUARDS)}\n" for item in ids)
    return f"""\
---
format: 1
title: {name.replace("-", " ").capitalize()}
stage: {name.split("-")[0]}
owner: {chance.choice(OWNERS)}
items:
{items}---

Go through it together, aloud, and tick only what you can show.

{guidance}"""


def _record(chance: random.Random, incident: Incident, outlines: Sequence[Incident], references: Sequence[str]) -> str:
    severity = chance.choices((1, 2, 3, 4), (10, 25, 40, 25))[0]
    status = incident.status
    words = {"service": incident.service, "fault": incident.symptom[1], "place": chance.choice(PLACES)}
    times = _times(chance, incident)
    languages = ", ".join(chance.choice(LANGUAGES))
    front = [
        *_head(chance, incident, severity, status, outlines, times),
        *(f"  {name}: {_iso(at)}" if name != "times" else "times:" for name, at in (("times", times["started"]), *times.items())
          if name in ("times", "triggered", "started", "detected", "understood", "mitigated", "resolved")),
        f"  detected_by: {chance.choice(('customer', 'staff', 'monitoring', 'partner'))}",
        *_impact(chance, incident, languages),
        *_cause(chance, words),
        *_risk_and_plan(chance, words, times),
        *_response(chance, severity, status, times, languages),
        *_actions(chance, incident, severity, status, times, references),
    ]
    return "---\n" + "\n".join(front) + "\n---\n" + _story(chance, incident, words, times, outlines, references)


def _times(chance: random.Random, incident: Incident) -> dict[str, datetime]:
    """When what happened, in order; everything on the incident's day and the three after it."""
    midnight = datetime(incident.day.year, incident.day.month, incident.day.day, tzinfo=chance.choice(OFFSETS))
    started = midnight + timedelta(minutes=chance.randint(60, 1300))
    steps = {"triggered": -chance.randint(0, 45), "started": 0, "detected": chance.randint(2, 40)}
    steps["told"] = steps["detected"] + chance.randint(5, 50)
    steps["understood"] = steps["told"] + chance.randint(5, 120)
    steps["mitigated"] = steps["understood"] + chance.randint(3, 90)
    steps["resolved"] = steps["mitigated"] + chance.randint(10, 2400)
    return {name: started + timedelta(minutes=minutes) for name, minutes in steps.items()}


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="minutes").replace("+00:00", "Z")


def _after(chance: random.Random, at: datetime, least: int, most: int) -> str:
    return (at.date() + timedelta(days=chance.randint(least, most))).isoformat()


def _head(
    chance: random.Random, incident: Incident, severity: int, status: str, outlines: Sequence[Incident], times: dict[str, datetime]
) -> list[str]:
    others = [service for service in SERVICES if service != incident.service]
    services = [incident.service, *chance.sample(others, chance.choice((0, 0, 1, 2)))]
    title = f"{incident.service.replace('-', ' ').capitalize()} {incident.symptom[1]} for customers in {chance.choice(PLACES)}"
    reviewed = _after(chance, times["resolved"], 3, 9)
    lines = [
        "format: 1",
        f"title: {title}",
        f"status: {status}",
        f"severity: sev{severity}",
        f"services: [{', '.join(services)}]",
        f"owner: {chance.choice(OWNERS)}",
        "reviewers:",
        f"  - {{who: {chance.choice(OWNERS)}, for: technical, on: {reviewed}}}",
        f"  - {{who: support, for: customers, on: {reviewed}}}",
        f"aliases: [INC-{10_000 + incident.number}]",
    ]
    if incident.number and chance.random() < 0.4 and (earlier := outlines[chance.randrange(incident.number)]).status == "closed":
        lines += [f"recurrence_of: [{earlier.stem}]", f"plans_used: [{{of: {earlier.stem}, worked: true}}]"]
    elif len(outlines) < FEW:
        lines.append("recurrence_of: {none: Nothing of the kind had happened to this service before.}")
    if incident.number and chance.random() < 0.3:
        lines += ["related:", f"  - {{to: {outlines[chance.randrange(incident.number)].stem}, as: similar}}"]
    return [*lines, "visibility: staff"]


def _impact(chance: random.Random, incident: Incident, languages: str) -> list[str]:
    count = chance.randint(40, 90_000)
    whole = count * chance.randint(2, 90)
    who = chance.choice(("Most", "Some", "A few"))
    return [
        "customer_impact:",
        "  summary: >-",
        f"    For some hours, people who use {incident.service} {incident.symptom[2]}. {who} of them had something due on the same day.",
        f"  affected: {{count: {count}, of: {whole}, unit: {chance.choice(('organisations', 'people', 'accounts'))}}}",
        f"  harms: [{incident.symptom[3]}]",
        f"  felt_on: [{', '.join(chance.sample(('web', 'mobile', 'api', 'email'), 2))}]",
        f"  languages: [{languages}]",
        f"  promises_broken: [{chance.choice(PROMISES)}]",
    ]


def _cause(chance: random.Random, words: dict[str, str]) -> list[str]:
    trigger = chance.choice(TRIGGERS).format(**words)
    lines = ["root_cause:", "  summary: >-", f"    {chance.choice(CAUSES)}.", f"  trigger: {trigger}.", "  factors:"]
    for kind, what in zip(chance.sample(FACTORS, 2), chance.sample(MADE_POSSIBLE, 2), strict=True):
        lines.append(f"    - {{kind: {kind}, what: \"{what}.\"}}")
    return [*lines, f"  why_not_caught: {chance.choice(GUARDS)}"]


def _risk_and_plan(chance: random.Random, words: dict[str, str], times: dict[str, datetime]) -> list[str]:
    likelihood = chance.choice(("rare", "unlikely", "possible", "likely"))
    consequence = chance.choice(("minor", "moderate", "major", "severe"))
    risk = (f"what: \"{chance.choice(RISKS)}.\", likelihood: {likelihood}, consequence: {consequence}, protection: "
            f"\"{chance.choice(PROTECTIONS)}.\", owner: {chance.choice(OWNERS)}, review_by: {_after(chance, times['resolved'], 90, 400)}")
    return [
        "risk:",
        f"  - {{{risk}}}",
        "contingency_plan:",
        f"  - if: {chance.choice(SIGNS).format(**words)}.",
        "    then:",
        *(f"      - {step}" for step in chance.sample(STEPS, 2)),
        f"    owner: {chance.choice(OWNERS)}",
        f"    within: {chance.choice(('30m', '2h', '4h', '1d'))}",
        f"    rehearsed: {_after(chance, times['resolved'], 10, 90)}",
    ]


def _response(chance: random.Random, severity: int, status: str, times: dict[str, datetime], languages: str) -> list[str]:
    if severity == 4:
        return []
    via = ", ".join(chance.choice(CHANNELS))
    lines = [
        "response:",
        "  notices:",
        f"    - {{at: {_iso(times['told'])}, kind: first, by: Support, to: affected, via: [{via}], languages: [{languages}]}}",
    ]
    if severity < 3:
        said = times["resolved"] + timedelta(hours=chance.randint(1, 30))
        days = f"made: {said.date().isoformat()}, due: {_after(chance, said, 20, 40)}, kept: {_after(chance, said, 5, 45)}"
        lines += [
            f"    - {{at: {_iso(said)}, kind: apology, by: Head of support, to: affected, via: [email], languages: [{languages}]}}",
            "  commitments:",
            f"    - {{id: C1, promise: {chance.choice(PROMISED)}, to: affected, {days}}}",
            f"  staff: {{briefed: {_iso(times['told'])}, told: \"{chance.choice(TOLD)}\", may_offer: \"{chance.choice(OFFERS)}\"}}",
        ]
    if status == "closed":
        contacted = chance.randint(12, 40)
        lines.append(f"  follow_up: {{contacted: {contacted}, satisfied: {contacted - chance.randint(0, 9)}, "
                     f"verified: {_after(chance, times['resolved'], 30, 60)}, how: A letter with two questions}}")
    if status == "closed" and severity < 3:
        offered = times["resolved"].date() + timedelta(days=chance.randint(2, 8))
        issued = offered + timedelta(days=chance.randint(1, 20))
        gift = f"what: \"{chance.choice(GIFTS)}\", to: affected, basis: {chance.choice(('owed', 'goodwill'))}"
        asked = f"asked: {_after(chance, times['resolved'], 9, 30)}, via: email"
        lines += [
            "  remedies:",
            f"    - {{{gift}, offered: {offered.isoformat()}, issued: {issued.isoformat()}}}",
            f"  feedback: {{{asked}, learned: \"{chance.choice(LEARNED)}\", changed: \"{chance.choice(CHANGED)}\"}}",
        ]
    return lines


def _actions(
    chance: random.Random, incident: Incident, severity: int, status: str, times: dict[str, datetime], references: Sequence[str]
) -> list[str]:
    chosen = [chance.choice([action for action in ACTIONS if action[0] == "prevent"])]
    if severity < 4:
        chosen.append(chance.choice([action for action in ACTIONS if action[0] != "prevent"]))
    lines = ["actions:"]
    for number, (kind, what) in enumerate(chosen):
        due = times["resolved"].date() + timedelta(days=chance.randint(20, 120))
        done = status == "closed" or chance.random() < 0.4
        taught = references[(incident.number + number * 7) % len(references)]
        lines.append(f"  - {{id: A{number + 1}, what: \"{what}.\", kind: {kind}, owner: {chance.choice(OWNERS)}, due: {due.isoformat()}, "
                     f"done: {(due - timedelta(days=chance.randint(0, 15))).isoformat() if done else 'null'}, teaches: [{taught}]}}")
    return lines


def _story(
    chance: random.Random, incident: Incident, words: dict[str, str], times: dict[str, datetime], outlines: Sequence[Incident],
    references: Sequence[str]
) -> str:
    checklist, _, item = references[incident.number % len(references)].partition("/")
    earlier = outlines[chance.randrange(incident.number)] if incident.number else None
    known = f" It resembles [an earlier incident](../{earlier.day.year}/{earlier.stem}.md), whose repair held." if earlier else ""
    well, badly = chance.sample(WELL, 3), chance.sample(BADLY, 3)
    place = words["place"]
    return f"""\

## Summary

{chance.choice(TRIGGERS).format(**words)}. Within minutes `{incident.service}` was hard to use for customers in {place}, and those
{incident.symptom[2]}. {chance.choice(CAUSES)}. The person on duty was told, took the last change back and wrote to those
affected.{known} The lesson stands in [our checklist](../../prevention/{checklist}.md#{item}).

## Timeline

{_timeline(chance, words, times)}

## What went well

{well[0]} {well[1]}

{well[2]} The first message left {int((times["told"] - times["detected"]).total_seconds()) // 60} minutes after we knew.

## What went badly

- {badly[0]}
- {badly[1]}
- {badly[2]}

{chance.choice(GUARDS)} {chance.choice(MADE_POSSIBLE)}, which stood as a risk on page {chance.randint(2, 60)} of the
yearly review and was given no owner. See <https://status.example.com/incidents/{chance.randrange(16**8):08x}> for what was said at the time.

## Where we were lucky

{chance.choice(LUCKY)} {chance.choice(LUCKY)}

## What we take from it

{chance.choice(LEARNED)} {chance.choice(CHANGED)} {chance.choice(RISKS)}.
"""


def _timeline(chance: random.Random, words: dict[str, str], times: dict[str, datetime]) -> str:
    """A list that begins with the trigger, ends with the end, and is in order."""
    fixed = [
        (times["triggered"], f"{chance.choice(TRIGGERS).format(**words)}."),
        (times["started"], f"Customers feel it: {words['service']} {words['fault']}."),
        (times["detected"], HAPPENED[0]),
        (times["told"], "The first message to those affected goes out."),
        (times["understood"], "The cause is clear."),
        (times["mitigated"], "The worst is over for nearly everyone."),
    ]
    span = int((times["resolved"] - times["detected"]).total_seconds()) // 60
    more = [(times["detected"] + timedelta(minutes=chance.randint(1, span - 1)), text.format(**words))
            for text in chance.sample(HAPPENED[1:], 3)]
    last = (times["resolved"], "Support has asked the first of them, and they say that all is as it was.")
    return "\n".join(f"- {_iso(at)} {text}" for at, text in [*sorted([*fixed, *more], key=lambda entry: entry[0]), last])


def main() -> None:
    """Write a corpus into the folder that the command line names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path, help="where to write it")
    parser.add_argument("--records", type=int, default=10_000, help="how many (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another corpus (default: %(default)s)")
    arguments = parser.parse_args()
    synthesise(arguments.folder, arguments.records, arguments.seed)


if __name__ == "__main__":
    main()
