from django.utils.translation import gettext as _

from maeul.core.paper import Facts, Heading, Paper, Points, Table, Text


def paper_of(content, *, on, number=""):
    """The minutes as one paper, page and PDF (form 6 of the rule), from their plain document."""
    return Paper(
        title=_("%(meeting)s 회의록") % {"meeting": content["title"]},
        number=number,
        on=on,
        publisher=f"{content['dong']} {content['body']}",
        parts=[*_parts(content)],
    )


def _parts(content):
    yield Facts([*_facts(content)])
    if content["topics"]:
        yield Heading(_("안건과 결과"))
        yield Table(
            heads=[_("번호"), _("안건"), _("결과")],
            rows=[[str(t["order"]), _asked(t), _came_of(t)] for t in content["topics"]],
            widths=[1, 5, 5],
        )
    if content["motions"]:
        yield Heading(_("표결"))
        yield Table(
            heads=[_("표결할 문장"), _("출석"), _("찬성"), _("반대"), _("기권"), _("결과")],
            rows=[[*_counted(motion)] for motion in content["motions"]],
            numbers={1, 2, 3, 4},
            widths=[5, 1, 1, 1, 1, 2],
        )
    if content["follow_ups"]:
        yield Heading(_("맡은 일"))
        yield Table(
            heads=[_("할 일"), _("맡은 사람"), _("언제까지"), _("상태")],
            rows=[
                [row["text"], row["who"], row["due_on"], _stands(row)]
                for row in content["follow_ups"]
            ],
            widths=[4, 2, 2, 3],
        )
    if content["lines"]:
        yield Heading(_("회의가 이어진 차례"))
        yield Points([f"{line['at']} {line['text']}" for line in content["lines"]])
    if content["note"]:
        yield Heading(_("덧붙이는 말"))
        yield Text(content["note"])


def _facts(content):
    yield _("때"), content["when"]
    yield _("곳"), content["place"]
    yield _("회의"), _("%(year)s년 %(kind)s %(number)s번째") % content
    if content["in_office"] is not None:
        yield _("재적 위원"), _people(content["in_office"])
        yield _("출석 위원"), _named(content["present"])
        yield _("오지 못한 위원"), _people(content["absent"])
    if content["others"]:
        yield _("함께한 사람"), _named(content["others"])
    if content["guests"]:
        yield _("손님"), _people(content["guests"])
    yield _("연 때와 마친 때"), "~".join(filter(None, [content["opened"], content["closed"]]))


def _people(number):
    return _("%(number)s명") % {"number": f"{number:,}"}


def _named(names):
    return ": ".join(filter(None, [_people(len(names)), ", ".join(names)]))


def _asked(topic):
    return f"{topic['title']} ({topic['brought_by']})" if topic["brought_by"] else topic["title"]


def _came_of(topic):
    return ". ".join(filter(None, [topic["outcome"], topic["text"]]))


def _counted(motion):
    yield motion["text"]
    for key in ("present", "yes", "no", "abstain"):
        yield "" if motion[key] is None else f"{motion[key]:,}"
    words = {True: _("정함"), False: _("정하지 않음"), None: _("묻는 중")}
    yield words[motion["is_carried"]]


def _stands(row):
    return ". ".join(filter(None, [row["state"], row["result"]]))
