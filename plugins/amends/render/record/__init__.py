"""The page of a record: facts at a glance, the story, the four pillars, the customers' side, and what came of it."""

import re
from collections.abc import Sequence

from amends.anchors import slug
from amends.corpus import Corpus
from amends.diagnostics import Diagnostic
from amends.language import N_
from amends.record import Record
from amends.render.composer import Composer, Href, h
from amends.render.history import render_history
from amends.render.likeness import render_likeness
from amends.render.record.customers import render_response
from amends.render.record.glance import amends_line, facts_of, render_notes
from amends.render.record.outcome import render_actions, render_policy, render_sources
from amends.render.record.pillars import render_impact, render_plans, render_risk, render_root_cause
from amends.render.story import sections
from amends.render.timeline import render_timeline

_TIMELINE = re.compile(r"timeline\b")


def render_record(record: Record, corpus: Corpus, findings: Sequence[Diagnostic], href: Href, page: Composer) -> None:
    """Compose the page of `record`; `corpus` holds the records that a reader may see, `findings` what those who write are to mend."""
    story = sections(record.document.body)
    page.title(record.title or record.stem)
    page.html(facts_of(record, corpus, href) + amends_line(record))
    render_notes(record, corpus, findings, href, page)
    if "" in story:
        page.markdown(story.pop("")[1])
    summary = story.pop("summary", None)
    if summary:
        page.markdown(f"## {summary[0]}\n\n{summary[1]}")
    render_impact(record, corpus, page)
    timeline = None
    if record.timeline.level == 2:  # deeper down it stays part of the section in which it was told
        timeline = story.pop(next(filter(_TIMELINE.match, story), ""), None)
    if record.timeline.parts or record.times is not None:
        page.section(2, N_("Timeline"))
        if timeline and slug(timeline[0]) != "timeline":
            page.html(h('<span id="{}"></span>', slug(timeline[0])))  # as git hosts know it
        render_timeline(record, page)
    render_root_cause(record, corpus, href, page)
    render_risk(record, corpus, href, page)
    render_plans(record, corpus, href, page)
    render_response(record, corpus, page)
    render_actions(record, corpus, href, page)
    for heading, text in story.values():
        page.markdown(f"## {heading}\n\n{text}")
    render_policy(record, corpus, page)
    render_sources(record, page)
    render_history(record, corpus, page)
    render_likeness(record, corpus, href, page)
