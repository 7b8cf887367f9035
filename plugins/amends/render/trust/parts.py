"""The parts of the page of trust, one for each question: each says what is known, draws it, and lists the figures behind it."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from amends.customers.clock import Verdict
from amends.customers.trust import Asking, Ending, Group, Keeping, Measured, Repeating, Series, Telling
from amends.language import N_, _, counted, ngettext, spoken
from amends.reading.moments import Span
from amends.record import given
from amends.render.charts import Mark, Tick, draw_course, draw_marks
from amends.render.composer import Href, h, tbody, wide_table
from amends.render.trust.figures import MOST_ROWS, Figures, Kind, height_of, link_to, picture, pointed_at, side_by_side, ticks_for
from amends.render.trust.words import counts_told, median_words, number_words, part_of, percent_words, short_part, some_of, wait_words
from amends.render.words import moment_words, time_tag

EACH = 150
"""Up to so many incidents each one is drawn; more are drawn as the spread of their period."""

COURSES = 6
"""How many scores are drawn one by one, the latest."""

_TELLING = (
    Kind(Telling.FIRST, "good", N_("told first by us")),
    Kind(Telling.FOUND, "fair", N_("found by us, told later or not known")),
    Kind(Telling.OTHERS, "late", N_("customers or others were first")),
    Kind(Telling.UNKNOWN, "unknown", N_("not known")),
)
_KEEPING = (
    Kind(Keeping.ON_TIME, "good", N_("kept on time")),
    Kind(Keeping.UNDATED, "fair", N_("kept, no promised day known")),
    Kind(Keeping.LATE, "late", N_("kept late")),
    Kind(Keeping.BROKEN, "bad", N_("broken")),
    Kind(Keeping.OPEN, "open", N_("still open")),
    Kind(Keeping.UNKNOWN, "unknown", N_("not known")),
)
_ASKING = (
    Kind(Asking.COUNTED, "good", N_("asked, and the answers counted")),
    Kind(Asking.UNCOUNTED, "fair", N_("asked, answers not known")),
    Kind(Asking.NOBODY, "late", N_("nobody was asked")),
    Kind(Asking.UNKNOWN, "unknown", N_("not known")),
)
_REPEATING = (
    Kind(Repeating.NEW, "fair", N_("no earlier one recorded")),
    Kind(Repeating.REPEAT, "bad", N_("happened before")),
    Kind(Repeating.UNKNOWN, "unknown", N_("not known")),
)
_ENDING = (
    Kind(Ending.HIGHER, "good", N_("ended higher than before")),
    Kind(Ending.SAME, "fair", N_("ended the same")),
    Kind(Ending.LOWER, "bad", N_("ended lower")),
    Kind(Ending.UNKNOWN, "unknown", N_("not measured before, or not after")),
)
_JUDGED = (
    Kind(Verdict.MET, "good", N_("within the policy's time")),
    Kind(Verdict.LATE, "late", N_("later")),
    Kind(Verdict.UNKNOWN, "open", N_("can't be judged")),
)


def _waits(the: Figures) -> None:
    """How long customers waited for a first word."""
    whole = the.trust.whole
    unknown = len(whole.incidents) - len(whole.waits) - whole.never_told
    known = counted("It is known for {known} of {number} incident", "It is known for {known} of {number} incidents", len(whole.incidents),
                    known=number_words(len(whole.waits)))
    besides = counts_told((whole.never_told, counted("{number} had no message at all", "{number} had no message at all", whole.never_told)),
                          (unknown, counted("{number} not known", "{number} not known", unknown)))
    says = [h("{}. {}", "; ".join(filter(None, (known, besides))),
              _("The clock runs from when we knew, or from when customers began to feel it where that is not recorded."))]
    if (wait := whole.wait) is not None:
        median = h("<b>{}</b>", wait_words(wait.median))
        told = h(_("The median wait for a first word from us is {median}; in the middle half of the incidents it is {half}."), median=median,
                 half=wait_words(Span(wait.lower.least, wait.upper.most))) if len(whole.waits) >= 4 else h(
            _("The median wait for a first word from us is {median}."), median=median)
        says.insert(0, h("{} {}", told, the.latest(lambda group: counted("{wait} ({number} incident)", "{wait} ({number} incidents)", len(group.waits),
                                                                       wait=wait_words(group.wait.median)) if group.wait else None)))
    the.section(N_("How long customers waited"), "waits", says, _wait_picture(the), the.table(_("How long customers waited"), [
        (_("Incidents"), lambda group: number_words(len(group.incidents))),
        (_("Known"), lambda group: number_words(len(group.waits))),
        (_("A quarter within"), lambda group: wait_words(group.wait.lower) if group.wait and len(group.waits) >= 4 else ""),
        (_("Median"), lambda group: wait_words(group.wait.median) if group.wait else _("not known")),
        (_("Three quarters within"), lambda group: wait_words(group.wait.upper) if group.wait and len(group.waits) >= 4 else ""),
        (_("Within the policy's time"), lambda group: short_part(group.in_time[Verdict.MET], sum(group.in_time.values()) - group.in_time[Verdict.UNKNOWN])),
        (_("No message"), lambda group: number_words(group.never_told)),
        (_("Not known"), lambda group: number_words(len(group.incidents) - len(group.waits) - group.never_told)),
    ], lambda group: len(group.incidents)))


def _wait_picture(the: Figures) -> Markup:
    known = sum(len(group.waits) for _, group in the.columns if group)
    if not known:
        return Markup("")
    names = [name for name, group in the.columns]
    if known <= EACH:
        tones = {kind.value: kind.tone for kind in _JUDGED}
        marks = [Mark(place, height_of(each.waited.least), height_of(each.waited.most), tones[each.clock.first.verdict], pointed_at(each, wait_words(each.waited)))
                 for place, each in side_by_side(the.columns, lambda each: each.waited is not None) if each.waited]
        legend = [(kind.tone, kind.name) for kind in _JUDGED if any(mark.tone == kind.tone for mark in marks)]
        caption = the.by_period(N_("One mark an incident, by quarter."), N_("One mark an incident, by year."))
        if any(mark.high > mark.low for mark in marks):
            caption = " ".join((caption, _("A bar is a wait known only to the day.")))
        label = counted("The wait for the first message, one mark for each of {number} incident, on a scale from minutes to days.",
                        "The wait for the first message, one mark for each of {number} incidents, on a scale from minutes to days.", known)
        return picture(draw_marks(label, names, marks, ticks_for(marks)), caption, legend)
    told = [(place, group.wait, _("{period}: median {median}, of {number}").format(period=name, median=wait_words(group.wait.median), number=number_words(len(group.waits))))
            for place, (name, group) in enumerate(the.columns) if group and group.wait]
    marks = [Mark(place, height_of(wait.median.least), height_of(wait.median.most), "open", title) for place, wait, title in told]
    spans = [Mark(place, height_of(wait.lower.least), height_of(wait.upper.most), "spans", "") for place, wait, title in told]
    label = the.by_period(N_("The median wait for the first message by quarter, over {number} incidents, with the middle half of the waits."),
                          N_("The median wait for the first message by year, over {number} incidents, with the middle half of the waits."))
    return picture(draw_marks(label.format(number=number_words(known)), names, marks, ticks_for([*marks, *spans]), spans),
                   the.by_period(N_("By quarter"), N_("By year")), [("open", _("median")), ("spans", _("the middle half of the waits"))])


def _tellings(the: Figures) -> None:
    """Who spoke first, and who found it."""
    whole = the.trust.whole
    told, found = whole.told_first, whole.found_by_us
    heard = h("<b>{}</b>", part_of(told[True], told[True] + told[False]) or _("no incident that we know of"))
    ours = h("<b>{}</b>", part_of(found[True], found[True] + found[False]) or _("no incident that we know of"))
    says = [
        h("{} {}", h(_("Customers heard of it from us before anybody outside had reported it in {incidents}; for {unknown} it is not known."), incidents=heard,
                     unknown=number_words(told[None])) if told[None] else
          h(_("Customers heard of it from us before anybody outside had reported it in {incidents}."), incidents=heard),
          the.latest_rate(lambda group: (group.told_first[True], group.told_first[True] + group.told_first[False]))),
        h("{} {}", h(_("We found it ourselves in {incidents}; for {unknown} the finder is not known."), incidents=ours, unknown=number_words(found[None]))
          if found[None] else h(_("We found it ourselves in {incidents}."), incidents=ours),
          _("Whether we told them first is known where the first report is recorded, or that there was none, or that others found it.")),
    ]
    the.section(N_("Who spoke first"), "first", says, the.stacks("incidents", _TELLING, lambda group: group.telling), the.table(_("Who spoke first"), [
        (_("Incidents"), lambda group: number_words(len(group.incidents))),
        *the.tally(_TELLING, lambda group: group.telling),
        (_("Told first, where known"), lambda group: short_part(group.told_first[True], group.told_first[True] + group.told_first[False])),
        (_("Found by us, where known"), lambda group: short_part(group.found_by_us[True], group.found_by_us[True] + group.found_by_us[False])),
    ], lambda group: len(group.incidents)))


def _promises(the: Figures) -> None:
    """Whether promises were kept."""
    made = the.trust.whole.promises
    total = sum(made.values())
    if not total:
        the.section(N_("Promises"), "promises", [h("{}", _("No record tells of a promise to customers yet."))])
        return
    due = settled(made)
    if due:
        told = h(ngettext("Of {all} promises to customers, it is known of {number} whether it was kept on time: {kept}.",
                          "Of {all} promises to customers, it is known of {number} whether they were kept on time: {kept}.", due) if total > 1 else
                 _("Of 1 promise to customers, it is known of 1 whether it was kept on time: {kept}."),
                 all=number_words(total), number=number_words(due), kept=h("<b>{}</b>", part_of(made[Keeping.ON_TIME], due)))
    else:
        told = h("{}", counted("Of {number} promise to customers, it is known of none whether it was kept on time.",
                               "Of {number} promises to customers, it is known of none whether it was kept on time.", total))
    undated, still_open, unknown = made[Keeping.UNDATED], made[Keeping.OPEN], made[Keeping.UNKNOWN]
    besides = counts_told((undated, counted("{number} kept for which no promised day is known", "{number} kept for which no promised day is known", undated)),
                          (still_open, counted("{number} still open", "{number} still open", still_open)),
                          (unknown, counted("{number} not known", "{number} not known", unknown)))
    says = [h("{} {}", told, the.latest_rate(lambda group: (group.promises[Keeping.ON_TIME], settled(group.promises)))),
            h(_("Besides: {counts}."), counts=besides) if besides else Markup("")]
    the.section(N_("Promises"), "promises", says, the.stacks("promises", _KEEPING, lambda group: group.promises), the.table(_("Promises"), [
        (_("Promises"), lambda group: number_words(sum(group.promises.values()))),
        *the.tally(_KEEPING, lambda group: group.promises),
        (_("On time, where known"), lambda group: short_part(group.promises[Keeping.ON_TIME], settled(group.promises))),
    ], lambda group: sum(group.promises.values())))


def settled(promises: Mapping[Keeping, int]) -> int:
    """The promises of which it is known whether they were kept on time."""
    return promises[Keeping.ON_TIME] + promises[Keeping.LATE] + promises[Keeping.BROKEN]


def _satisfaction(the: Figures) -> None:
    """Whether those affected were asked, and are satisfied."""
    whole = the.trust.whole
    asking, satisfied = whole.asking, whole.satisfied
    total, answered = len(whole.incidents), whole.asking[Asking.COUNTED]
    uncounted, nobody, unknown = asking[Asking.UNCOUNTED], asking[Asking.NOBODY], asking[Asking.UNKNOWN]
    others = counts_told((uncounted, counted("{number} asked, answers not known", "{number} asked, answers not known", uncounted)),
                         (nobody, counted("{number} nobody was asked", "{number} nobody was asked", nobody)),
                         (unknown, counted("{number} not known", "{number} not known", unknown)))
    says = [h("{} {}", h(ngettext("Those affected were asked, and their answers counted, after <b>{answered} of {number} incident</b>.",
                                  "Those affected were asked, and their answers counted, after <b>{answered} of {number} incidents</b>.", total),
                         answered=number_words(answered), number=number_words(total)),
              h(_("After the others: {counts}."), counts=others) if others else "")]
    if satisfied is not None:
        reached = sum(each.contacted or 0 for each in whole.incidents if each.asking is Asking.COUNTED)
        content = sum(each.satisfied or 0 for each in whole.incidents if each.asking is Asking.COUNTED)
        median = h("<b>{}</b>", percent_words(satisfied.median))
        told = h(_("The median share of the satisfied among those asked is {median}; in the middle half of the incidents it is {lower} to {upper}."),
                 median=median, lower=percent_words(satisfied.lower), upper=percent_words(satisfied.upper)) if answered >= 4 else h(
            _("The median share of the satisfied among those asked is {median}."), median=median)
        says.append(h("{} {} {}", told, _("Taken together, {content} of {asked} who were asked said that they are.").format(
            content=number_words(content), asked=number_words(reached)), _reached(whole)))
    the.section(N_("Are they satisfied?"), "satisfied", says, the.stacks("incidents", _ASKING, lambda group: group.asking), _satisfied_picture(the), the.table(_("Are they satisfied?"), [
        (_("Incidents"), lambda group: number_words(len(group.incidents))),
        *the.tally(_ASKING, lambda group: group.asking),
        (_("Asked, of those affected"), lambda group: median_words(group.contacted[1], group.contacted[0])),
        (_("Satisfied, of those asked"), lambda group: median_words(group.satisfied, group.asking[Asking.COUNTED])),
    ], lambda group: len(group.incidents), _asked(the)))


def _satisfied_picture(the: Figures) -> Markup:
    answered = sum(group.asking[Asking.COUNTED] for name, group in the.columns if group)
    if not answered:
        return Markup("")
    names, ticks = [name for name, group in the.columns], [Tick(share, spoken().percent(share)) for share in (0, 25, 50, 75, 100)]
    if answered <= EACH:
        marks = [Mark(place, share, share, "good", pointed_at(each, _("{satisfied} of {asked} asked are satisfied").format(
                    satisfied=number_words(each.satisfied or 0), asked=number_words(each.contacted or 0))))
                 for place, each in side_by_side(the.columns, lambda each: each.satisfied_share is not None) if (share := each.satisfied_share) is not None]
        label = counted("The share of satisfied customers among those asked, one mark for each of {number} incident.",
                        "The share of satisfied customers among those asked, one mark for each of {number} incidents.", answered)
        return picture(draw_marks(label, names, marks, ticks), the.by_period(
            N_("Satisfied, of those asked; one mark an incident, by quarter"), N_("Satisfied, of those asked; one mark an incident, by year")), [])
    told = [(place, group.satisfied, _("{period}: median {median}").format(period=name, median=median_words(group.satisfied, group.asking[Asking.COUNTED])))
            for place, (name, group) in enumerate(the.columns) if group and group.satisfied]
    marks = [Mark(place, share.median, share.median, "good", title) for place, share, title in told]
    spans = [Mark(place, share.lower, share.upper, "spans", "") for place, share, title in told]
    label = the.by_period(N_("The median share of satisfied customers among those asked by quarter, over {number} incidents, with the middle half."),
                          N_("The median share of satisfied customers among those asked by year, over {number} incidents, with the middle half."))
    return picture(draw_marks(label.format(number=number_words(answered)), names, marks, ticks, spans),
                   the.by_period(N_("Satisfied, of those asked; by quarter"), N_("Satisfied, of those asked; by year")),
                   [("good", _("median")), ("spans", _("the middle half of the incidents"))])


def _reached(whole: Group) -> Markup:
    known, share = whole.contacted
    return h(_("The median share of those affected who were asked is {median} (of {known} where both are known)."), median=percent_words(share.median),
             known=number_words(known)) if share else Markup("")


def _asked(the: Figures) -> Markup:
    """The latest incidents of which something is known, with their numbers."""
    latest = sorted((each for each in the.trust.whole.incidents if each.contacted is not None or each.satisfied is not None),
                    key=lambda each: each.record.stem, reverse=True)
    rows = Markup("").join(h('<tr><th scope="row">{}</th>{}</tr>', link_to(each, the.href), Markup("").join(
        h('<td class="am-number">{}</td>', _("not known") if count is None else number_words(count)) for count in (each.satisfied, each.contacted, each.affected)))
        for each in latest[:MOST_ROWS])
    heads = Markup("").join(h('<th scope="col" class="am-number">{}</th>', head) for head in (_("Satisfied"), _("Of those asked"), _("Of those affected")))
    some = some_of(MOST_ROWS, len(latest))
    name = _("How many were satisfied after the latest incidents")
    return h("{}{}", wide_table("am-figures", name, h("<td></td>{}", heads), tbody(rows)), some) if rows else Markup("")


def _repeats(the: Figures) -> None:
    """Whether it had happened before."""
    whole = the.trust.whole
    again, new, unknown = (whole.repeating[kind] for kind in (Repeating.REPEAT, Repeating.NEW, Repeating.UNKNOWN))
    if again + new:
        told = h(_("<b>{repeated}</b> incidents had happened before in much the same way, as far as the records say; for {unknown} it is not known.") if unknown else
                 _("<b>{repeated}</b> incidents had happened before in much the same way, as far as the records say."),
                 repeated=part_of(again, again + new), unknown=number_words(unknown))
    else:
        told = h(_("<b>No</b> incidents had happened before in much the same way, as far as the records say; for {unknown} it is not known."), unknown=number_words(unknown))
    says = [h("{} {}", told,
              the.latest_rate(lambda group: (group.repeating[Repeating.REPEAT], len(group.incidents) - group.repeating[Repeating.UNKNOWN])) if again else "")]
    the.section(N_("Did it happen again?"), "repeats", says, the.stacks("incidents", _REPEATING, lambda group: group.repeating), the.table(_("Did it happen again?"), [
        (_("Incidents"), lambda group: number_words(len(group.incidents))),
        *the.tally(_REPEATING, lambda group: group.repeating),
        (_("Share, where known"), lambda group: short_part(group.repeating[Repeating.REPEAT], len(group.incidents) - group.repeating[Repeating.UNKNOWN])),
    ], lambda group: len(group.incidents), _repeated(the)))


def _repeated(the: Figures) -> Markup:
    """The latest repeats, with what they repeat."""
    repeats = [each for each in the.trust.whole.incidents if each.repeating is Repeating.REPEAT]
    repeats.sort(key=lambda each: each.record.stem, reverse=True)
    items = []
    for each in repeats[:MOST_ROWS // 2]:
        earlier = [record for stem in given(each.record.recurrence_of) if (record := the.corpus.record(stem))]
        links = Markup(", ").join(h('<a href="{}">{}</a>', the.href(record.path), record.title or record.stem) for record in earlier)
        link = link_to(each, the.href)
        items.append(h("<li>{}</li>", h(_("{record} repeats {earlier}"), record=link, earlier=links) if links else link))
    more = some_of(len(items), len(repeats))
    return h('<ul class="am-evidence">{}</ul>{}', Markup("").join(items), more) if items else Markup("")


def _scores(the: Figures) -> None:
    """What was measured before an incident and after it."""
    endings = the.trust.whole.endings
    total = sum(endings.values())
    if not total:
        the.section(N_("Before and after"), "scores", [h("{}", _("No record holds a score that was measured around the incident yet."))])
        return
    measured = total - endings[Ending.UNKNOWN]
    higher = h("<b>{}</b>", part_of(endings[Ending.HIGHER], measured) or _("none"))
    if total > 1:
        told = h(ngettext("Of {all} scores, one was measured both before the incident and after it: {higher} ended higher than before.",
                          "Of {all} scores, {number} were measured both before the incident and after it: {higher} ended higher than before.", measured),
                 all=number_words(total), number=number_words(measured), higher=higher)
    else:
        told = h(ngettext("Of 1 score, one was measured both before the incident and after it: {higher} ended higher than before.",
                          "Of 1 score, {number} were measured both before the incident and after it: {higher} ended higher than before.", measured),
                 number=number_words(measured), higher=higher)
    lower, same, unmeasured = endings[Ending.LOWER], endings[Ending.SAME], endings[Ending.UNKNOWN]
    others = counts_told((lower, counted("{number} ended lower", "{number} ended lower", lower)),
                         (same, counted("{number} ended the same", "{number} ended the same", same)),
                         (unmeasured, counted("{number} not measured before, or not after", "{number} not measured before, or not after", unmeasured)))
    says = [h("{} {}", told, f"{others}." if others else ""),
            h("{}", _("Before is the last measurement that certainly came before the incident began; after is the last of all."))]
    series = [(each, scores) for each in sorted(the.trust.whole.incidents, key=lambda each: each.record.stem, reverse=True) for scores in each.scores]
    courses = [_course(each, scores, the.href) for each, scores in series if len(scores.points) > 1 and scores.started is not None]
    the.section(N_("Before and after"), "scores", says,
                the.stacks("scores", _ENDING, lambda group: group.endings) if total > COURSES else Markup(""),
                h('<div class="am-courses">{}</div>', Markup("").join(courses[:COURSES])) if courses else Markup(""),
                the.table(_("Before and after"), [(_("Scores"), lambda group: number_words(sum(group.endings.values()))), *the.tally(_ENDING, lambda group: group.endings)],
                          lambda group: sum(group.endings.values()), _scored(series, the.href)))


def _course(each: Measured, scores: Series, href: Href) -> Markup:
    """One score drawn, with the day on which the incident began."""
    begun = scores.started.day if scores.started else scores.points[0][0].day
    told = [(spoken().decimal(text), moment_words(at)) for at, _value, text in scores.points]
    points = [(float((at.day - begun).days), value, _("{score} on {day}").format(score=score, day=day))
              for (at, value, _text), (score, day) in zip(scores.points, told, strict=True)]
    (first, first_day), (last, last_day) = told[0], told[-1]
    label = _("{scale}: from {first} on {first_day} to {last} on {last_day}; the incident began on {began}.").format(
        scale=scores.scale, first=first, first_day=first_day, last=last, last_day=last_day, began=spoken().day(begun))
    return h('<figure class="am-course"><figcaption>{}<span class="am-quiet">{}</span></figcaption>{}<p>{}</p></figure>', link_to(each, href), scores.scale,
             draw_course(label, points, Tick(0, _("it began"))), _ended(scores))


def _ended(scores: Series) -> Markup:
    before, after = scores.before, scores.after
    if before is None or after is None:
        missing = _("Not measured after it.") if before is not None else _("Not measured before it.") if after is not None else _("Not measured before and after it.")
        return h('<span class="am-quiet">{}</span>', missing)
    return h(_(_COURSES[scores.ending]), before=h("<b>{}</b>", spoken().decimal(before[2])), before_day=time_tag(before[0]),
             after=h("<b>{}</b>", spoken().decimal(after[2])), after_day=time_tag(after[0]))


_COURSES = {
    Ending.HIGHER: N_("{before} on {before_day}, {after} on {after_day}: higher"),
    Ending.SAME: N_("{before} on {before_day}, {after} on {after_day}: the same"),
    Ending.LOWER: N_("{before} on {before_day}, {after} on {after_day}: lower"),
    Ending.UNKNOWN: N_("{before} on {before_day}, {after} on {after_day}: not known"),
}


def _scored(series: Sequence[tuple[Measured, Series]], href: Href) -> Markup:
    rows = Markup("").join(h('<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>', link_to(each, href), scores.scale, _ended(scores))
                           for each, scores in series[:MOST_ROWS])
    heads = h('<td></td><th scope="col">{}</th><th scope="col">{}</th>', _("Scale"), _("Before and after"))
    return h("{}{}", wide_table("am-figures", _("Scores before and after incidents"), heads, tbody(rows)), some_of(MOST_ROWS, len(series)))


PARTS = (_waits, _tellings, _promises, _satisfaction, _repeats, _scores)
"""All of them, in the order in which the page has them."""
