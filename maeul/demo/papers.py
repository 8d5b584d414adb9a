"""Receipts and bank notices of the made-up year: real files, marked as made up."""

from django.core.files.base import ContentFile

from maeul.core import upload
from maeul.core.money import won
from maeul.core.paper import Facts, Paper, Text


def receipt(title, *, on, payee, amount_won, what=""):
    """A receipt as a checked upload, as if somebody had chosen the file on their phone."""
    return _checked(
        Paper(
            title=f"{title} (시범)",
            on=on,
            publisher=payee,
            parts=[
                Facts([("산 날", f"{on:%Y-%m-%d}"), ("산 곳", payee), ("금액", won(amount_won))]),
                Text(what or "지어낸 영수증입니다. 실제 거래가 아닙니다."),
            ],
        ),
        title,
    )


def bank_notice(title, *, on, amount_won):
    """A notice of the bank as a checked upload."""
    return _checked(
        Paper(
            title=f"{title} (시범)",
            on=on,
            publisher="시범은행",
            parts=[
                Facts([("날짜", f"{on:%Y-%m-%d}"), ("금액", won(amount_won))]),
                Text("지어낸 거래 확인증입니다."),
            ],
        ),
        title,
    )


def _checked(paper, title):
    return upload.check(ContentFile(paper.pdf(), name=f"{title}.pdf"))
