"""The booklet of an assembly (자료집): one source, read as a page and printed as a PDF."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from maeul.core.paper import Facts, Heading, Paper, Picture, Points, Table, Text
from maeul.core.templatetags.look import day_text, moment_text, num
from maeul.decision.assembly import texts
from maeul.decision.assembly.rules import Kind, Method
from maeul.voice.agenda.models import AgendaItem, Photo
from maeul.voice.review.models import Review

WHO = ("assembly.grounds", "assembly.voting_age")


def booklet_of(assembly) -> Paper:
    parts = [Text(str(texts.BOOKLET_LEAD)), Facts(_facts(assembly))]
    parts += [Heading(_("어떻게 투표하나요?")), Points(how_to_vote(assembly), numbered=True)]
    questions = list(assembly.questions.in_order().prefetch_related("tabled__thread"))
    matters = _matters(questions)
    for number, question in enumerate(questions, 1):
        parts += _question(number, question, matters)
    parts += [Heading(_("어떤 규칙으로 정하나요?")), Facts(assembly.settled), _articles(assembly)]
    parts += [Heading(_("온라인 투표가 할 수 없는 것")), Text(str(texts.BOOKLET_LIMITS))]
    parts.append(Text(settings.SITE_ADDRESS + reverse("ballot:limits")))
    return Paper(
        title=_("%(assembly)s 자료집") % {"assembly": assembly.title},
        on=timezone.localdate(assembly.announced_at or assembly.election.drafted_at),
        publisher=_("%(dong)s 주민자치회") % {"dong": assembly.dong},
        parts=[part for part in parts if not (isinstance(part, Facts) and not part.facts)],
    )


def how_to_vote(assembly) -> list[str]:
    """What somebody does who votes for the first time, step by step."""
    method = Method(assembly.rules.get("method", Method.ONLINE))
    steps = [] if method == Method.HALL else list(map(str, texts.HOW_ONLINE))
    if method != Method.ONLINE:
        steps += map(str, texts.HOW_IN_THE_HALL)
    return steps


def _facts(assembly):
    election = assembly.election
    facts = [
        (_("총회 날"), day_text(assembly.held_on)),
        (_("곳"), assembly.place),
        (_("정족수"), _("%(people)s명이 투표해야 정합니다") % {"people": num(assembly.quorum)}),
    ]
    if election.opens_at:
        opens, closes = moment_text(election.opens_at), moment_text(election.closes_at)
        span = _("%(opens)s부터 %(closes)s까지") % {"opens": opens, "closes": closes}
        facts.insert(2, (_("투표"), span))
    who = [row for row in assembly.provisions if row.key in WHO]
    return facts + [(str(row.name), str(row.in_words)) for row in who]


def _matters(questions):
    """What stands behind the options: agenda items with their reviews and pictures, by thread."""
    threads = {row.thread.root_id for question in questions for row in question.tabled.all()}
    found = AgendaItem.objects.public().filter(thread__in=threads)
    items = {item.thread_id: item for item in found}
    reviews, photos = {}, {}
    for review in Review.objects.answered().filter(item__thread__in=threads).order_by("pk"):
        reviews.setdefault(review.item_id, []).append(review)
    shown = Photo.objects.filter(item__in=found).select_related("upload").order_by("pk")
    for photo in shown:
        photos.setdefault(photo.item_id, photo)
    return {
        thread: (item, reviews.get(item.pk, []), photos.get(item.pk))
        for thread, item in items.items()
    }


def _question(number, question, matters):
    boxed = question.boxed
    yield Heading(f"{number}. {question.title}")
    if question.kind == Kind.YES_NO:
        passing = question.assembly.rules.get("passing")
        yield Text("\n".join(filter(None, [boxed.text, str(texts.PASSING.get(passing, ""))])))
    else:
        most = str(texts.BOOKLET_MOST[question.kind]) % {
            "most": boxed.at_most,
            "worths": boxed.worths_text,
            "each": boxed.each_at_most,
        }
        if boxed.total_at_most:
            most += " " + str(texts.BOOKLET_TOTAL) % {"total": boxed.total_at_most}
        yield Text("\n".join(filter(None, [boxed.text, f"{most} {boxed.rule_sentence}"])))
    for row in question.tabled.select_related("boxed__question__election", "thread").order_by(
        "boxed__number"
    ):
        if question.kind != Kind.YES_NO:
            yield Heading(row.boxed.title, level=3)
        yield from _option(row.boxed, *matters.get(row.thread.root_id, (None, [], None)))


def _option(option, item, reviews, photo):
    place = option.place or (item.place if item else "")
    facts = [(_("비용"), option.cost_text), (_("곳"), place)]
    told = [fact for fact in facts if fact[1]]
    if told:
        yield Facts(told)
    for words in (option.lines, option.details or (item.text if item else "")):
        if words:
            yield Text(words)
    if photo:
        with photo.upload.file.open() as file:
            yield Picture(
                file.read(),
                alt=_("‘%(title)s’ 사진") % {"title": item.title},
                address=photo.get_absolute_url(),
            )
    for review in reviews:
        verdict = f"{review.department}: {review.get_verdict_display()}"
        yield Text(_("부서 검토") + f" · {verdict}. {review.reason}".rstrip())


def _articles(assembly):
    return Table(
        heads=[_("규칙"), _("값"), _("근거")],
        rows=[[str(row.name), str(row.in_words), row.article] for row in assembly.provisions],
        caption=_("규칙과 근거 조항"),
        widths=[2, 2, 3],
    )
