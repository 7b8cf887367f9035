"""Contingency plans as readers meet them: on the page of their record, and where all plans stand together."""

import re
import textwrap
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from amends.corpus import Corpus, Trial
from amends.language import NP_, _, pgettext
from amends.reading.typed import Absence
from amends.record import PlanUse, Record, given
from amends.render.composer import Composer, Href, h
from amends.render.words import absent

PLANS = "again.md"
"""The place in the site of the page on which all plans stand."""

_COMMAND = re.compile(r"^[ \t]*(?P<fence>`{3,}|~{3,})[^\n]*\n(?P<fenced>.*?)^[ \t]*(?P=fence)[ \t]*$|\A\s*(?P<ticks>`+)(?!`)(?P<alone>[^\n]+?)(?<!`)(?P=ticks)\s*\Z",
                      re.MULTILINE | re.DOTALL)
"""Commands in a step: what stands between fences, or a step that is one code span and nothing else."""


def plan_id(number: int) -> str:
    """The anchor of a plan on its record's page; `number` counts from 0."""
    return f"plan-{number + 1}"


def card_id(record: Record, number: int) -> str:
    """The anchor of a plan among all plans; `number` counts from 0."""
    return f"{record.stem}-{number + 1}"


def render_steps(steps: Sequence[str], page: Composer, path: str | None = None) -> None:
    """The steps, numbered; a command is a block of its own, which the theme lets one copy."""
    page.html(Markup('<ol class="am-steps" role="list">'))
    for step in steps:
        page.html(Markup("<li>"))
        for text, is_command in _parts(step):
            if is_command:
                page.html(Markup('<div class="copy">'))
                page.markdown(textwrap.indent(text, "    "))
                page.html(Markup("</div>"))
            else:
                page.text(text, path)
        page.html(Markup("</li>"))
    page.html(Markup("</ol>"))


def _parts(step: str) -> Iterator[tuple[str, bool]]:
    """The texts and commands of a step, in order."""
    done = 0
    for found in _COMMAND.finditer(step):
        command = textwrap.dedent(found["fenced"] or found["alone"] or "").strip("\n")
        if command.strip():
            if (before := step[done:found.start()]).strip():
                yield before, False
            yield command, True
            done = found.end()
    if (rest := step[done:]).strip():
        yield rest, False


# Put to the test ----------------------------------------------------------------------------------------------------


def trials_of(record: Record, number: int, corpus: Corpus) -> tuple[Trial, ...]:
    """What later incidents say of one plan of `record`; `number` counts from 0."""
    return tuple(trial for trial in corpus.trials.get(record.stem, ()) if trial.use.plan in (None, number + 1))


def render_trials(record: Record, number: int, corpus: Corpus, href: Href, page: Composer) -> None:
    """Whether the plan was used when its incident came back, and whether it worked."""
    trials = trials_of(record, number, corpus)
    told = {trial.record.stem for trial in trials}
    for trial in trials:
        page.html(h('<div class="am-trial">{} <a href="{}">{}</a>', _verdict(trial.use), href(trial.record.path), trial.record.title or trial.record.stem))
        _why(trial.use, trial.record.path, page)
        page.html(Markup("</div>"))
    for repeat in corpus.repeats.get(record.stem, ()):
        if repeat.stem not in told:
            page.html(h('<div class="am-trial"><span class="am-badge am-badge--quiet">{}</span> <a href="{}">{}</a> <span class="am-unsaid">{}</span></div>',
                        _("it happened again"), href(repeat.path), repeat.title or repeat.stem, _("Nobody says whether this plan was used.")))


def render_uses(record: Record, corpus: Corpus, href: Href, page: Composer) -> None:
    """What the plans of earlier incidents did for this one."""
    if isinstance(record.plans_used, Absence):
        page.html(h('<div class="am-trial"><b>{}</b> {}</div>', _("An earlier plan?"), absent(record.plans_used)))
    for use in given(record.plans_used):
        earlier = corpus.record(use.of) if use.of else None
        if earlier is not None and given(earlier.contingency_plan):
            number = (use.plan or 1) - 1
            of = h('<a href="{}">{}</a>', href(PLANS, card_id(earlier, number)), earlier.title or earlier.stem)
            page.html(h('<div class="am-trial">{} {}', _verdict(use), h(_("the plan of {record}"), record=of)))
            _why(use, None, page)
            page.html(Markup("</div>"))


_NOT = {"none": NP_("plan", "not used"), "missed": NP_("plan", "not used"), "unknown": NP_("plan", "not known")}


def _verdict(use: PlanUse) -> Markup:
    if isinstance(use.worked, Absence):
        return h('<span class="am-badge am-badge--{}">{}</span>', "given-up" if use.worked.kind == "missed" else "quiet", pgettext(*_NOT[use.worked.kind]))
    if use.worked is None:
        return h('<span class="am-badge am-badge--quiet">{}</span>', pgettext("plan", "used"))
    kind, word = ("done", pgettext("plan", "worked")) if use.worked else ("given-up", pgettext("plan", "did not work"))
    return h('<span class="am-badge am-badge--{}">{}</span>', kind, word)


def _why(use: PlanUse, path: str | None, page: Composer) -> None:
    reason = use.worked.why if isinstance(use.worked, Absence) else use.why
    if isinstance(reason, Absence):
        page.html(absent(reason))
    elif reason:
        page.text(reason, path)
