"""The book as a paper: one source for the page and the PDF."""

from datetime import date

from django.utils.translation import gettext as _

from maeul.core.money import won
from maeul.core.paper import Facts, Heading, Paper, Table, Text


def paper_of(content, *, foreword="", number="", on: date):
    """The paper of a gathered year (see gathering.gather); without foreword it is a draft."""
    parts = []
    if foreword:
        parts += [Heading(_("펴내는 말")), Text(foreword)]
    parts += [*_in_figures(content), *_assemblies(content), *_plan(content), *_projects(content)]
    return Paper(
        title=_("%(dong)s의 %(year)s년") % content,
        number=number,
        on=on,
        publisher=_("%(dong)s 주민자치회") % content,
        parts=parts,
    )


def _in_figures(content):
    gave = content["participation"]
    yield Heading(_("숫자로 보는 한 해"))
    yield Facts(
        [
            (_("주민이 보낸 의제"), _count(content["items"]["said"], _("건"))),
            (_("이름을 적고 함께한 사람"), _count(gave["people"], _("명"))),
            (_("이름 없이 들른 횟수"), _count(gave["walk_ins"], _("번"))),
            (_("함께 낸 시간"), _count(gave["hours"], _("시간"))),
            (_("열린 회의"), _count(content["council"]["meetings"], _("번"))),
            (_("자치위원"), _count(content["council"]["members"], _("명"))),
            (_("사업"), _count(len(content["projects"]), _("건"))),
            (_("받은 돈"), won(content["granted_won"])),
            (_("쓴 돈"), won(content["spent_won"])),
        ]
    )
    yield Heading(_("의제는 어디까지 갔나요?"))
    yield _table(
        [_("어디까지"), _("건")],
        [[row["name"], f"{row['count']:,}"] for row in content["items"]["by_outcome"]],
        numbers={1},
        empty=_("공개된 의제가 없습니다."),
    )


def _assemblies(content):
    yield Heading(_("주민총회"))
    if not content["assemblies"]:
        yield Text(_("이 해에는 결과가 나온 주민총회가 없습니다."))
    for assembly in content["assemblies"]:
        reached = (
            _("정족수를 넘었습니다") if assembly["quorum_met"] else _("정족수에 못 미쳤습니다")
        )
        yield Text(
            _(
                "%(held_on)s %(title)s에 선거인 %(electors)s명 가운데"
                " %(participants)s명이 투표했습니다."
            )
            % assembly
            + f" {_('정족수')} {assembly['quorum']:,}{_('명')}: {reached}."
        )
        for question in assembly["questions"]:
            yield Heading(question["title"], level=3)
            yield _table(
                [_("안건"), _("표"), _("결과"), _("까닭")],
                [
                    [
                        row["title"],
                        f"{row['votes']:,}",
                        _("선정") if row["chosen"] else _("미선정"),
                        row["why"],
                    ]
                    for row in question["outcomes"]
                ],
                numbers={1},
                widths=[3, 1, 1.2, 4],
                empty=_("올라온 안건이 없습니다."),
            )


def _plan(content):
    plan = content["plan"]
    yield Heading(_("자치계획"))
    if plan is None:
        yield Text(_("이 해의 자치계획은 아직 공개되지 않았습니다."))
        return
    yield _table(
        [_("사업"), _("비용"), _("구청장의 답")],
        [[row["title"], won(row["cost_won"]), row["verdict"] or "–"] for row in plan["items"]],
        numbers={1},
        empty=_("담긴 사업이 없습니다."),
    )


def _projects(content):
    yield Heading(_("한 일과 쓴 돈"))
    projects = content["projects"]
    yield _table(
        [_("사업"), _("상태"), _("함께한 사람"), _("받은 돈"), _("쓴 돈")],
        [
            [
                row["title"],
                row["state"],
                _count(row["helpers"], _("명")),
                won(row["granted_won"]),
                won(row["spent_won"]),
            ]
            for row in projects
        ],
        numbers={2, 3, 4},
        foot=[_("합계"), "", "", won(content["granted_won"]), won(content["spent_won"])],
        empty=_("이 해에 시작한 사업이 없습니다."),
    )
    for row in projects:
        if row["story"]:
            yield Heading(row["title"], level=3)
            yield Text(row["story"])


def _table(heads, rows, *, numbers, empty, foot=(), widths=()):
    if not rows:
        return Text(empty)
    return Table(heads=heads, rows=rows, numbers=numbers, foot=foot, widths=widths)


def _count(number, unit):
    return f"{number:,}{unit}"
