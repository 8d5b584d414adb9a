"""What the frame of every page shows: the five questions, the dongs, who is signed in.

`core` draws the frame but knows no concept; this is where the frame learns where things are.
An address that does not exist yet is left out.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from maeul.core.pages import chosen_dong
from maeul.ground.district.models import Dong
from maeul.ground.notice.models import Message

SIZES = ("normal", "large", "huge")
THEMES = ("auto", "light", "dark", "contrast")


@dataclass
class Link:
    label: str
    address: str
    icon: str = ""
    strong: bool = False
    current: str = ""


# The five questions: icon, label, address, and the concepts whose pages belong to it.
QUESTIONS = [
    ("vote", _("지금"), "portal:front", ("assembly", "plan", "ballot", "recruitment", "forum")),
    ("talk", _("내 의견"), "portal:mine", ("agenda", "review", "thread")),
    ("dong", _("우리 동네"), "portal:neighbourhood", ("project", "resource", "district", "group")),
    ("meet", _("모임"), "portal:gatherings", ("meeting", "place", "learning", "membership")),
    ("money", _("돈"), "pledge:money", ("pledge", "budget", "grant", "ledger")),
]
ACCOUNT = [
    (_("내 화면"), "portal:mine"),
    (_("할 일"), "portal:worklist"),
    (_("받은 소식"), "notice:inbox"),
    (_("내 정보"), "people:me"),
    (_("나가기"), "account_logout"),
]
FOOTER = [
    (_("도움말과 말풀이"), "portal:help"),
    (_("투표와 개표를 믿을 수 있는 까닭"), "portal:trust"),
    (_("표를 세는 방법"), "ballot:counting"),
    (_("우리가 할 수 없는 것"), "ballot:limits"),
    (_("조례와 세칙"), "law:index"),
    (_("공개 자료"), "opendata:index"),
    (_("개인정보 처리방침"), "people:privacy"),
    (_("이용 약속"), "people:terms"),
    (_("접근성"), "portal:accessibility"),
]
STRONG = "people:privacy"  # the law wants this one to stand out


def site(request):
    """The context processor: everything a page's frame needs, asked only when it is drawn."""
    size, theme = request.COOKIES.get("size", ""), request.COOKIES.get("theme", "")
    dongs = SimpleLazyObject(lambda: list(Dong.objects.in_order()))
    return {
        "demo": settings.DEMO,
        "size": size if size in SIZES else "normal",
        "theme": theme if theme in THEMES else "auto",
        "dongs": dongs,
        "my_dong": SimpleLazyObject(lambda: dong_looked_at(request, dongs)),
        "site": {
            "dongs": dongs,
            "tabs": tabs(request),
            "search": address("portal:search"),
            # The whole way of a matter: the number of its thread completes the address.
            "matters": address("portal:matter", 0).removesuffix("0/"),
            "account": links(ACCOUNT),
            "unread": SimpleLazyObject(lambda: unread(request)),
            "sign_in": sign_in(request),
            "demo_sign_ins": address("people:demo_sign_ins") if settings.DEMO else "",
            "footer": links(FOOTER),
            "sources": SimpleLazyObject(
                lambda: sorted({dong.attribution for dong in dongs if dong.attribution})
            ),
            "help_phone": settings.HELP_PHONE,
            "help_hours": settings.HELP_HOURS,
            "source_code": settings.SOURCE_CODE,
        },
    }


def dong_looked_at(request, dongs):
    """The dong somebody chose; else the one they live in; else none, the whole district."""
    if "dong" in request.COOKIES:
        return next((dong for dong in dongs if dong.code == chosen_dong(request)), None)
    if request.user.is_authenticated:
        homes = {standing.dong_id for standing in request.user.verified_standings}
        return next((dong for dong in dongs if dong.pk in homes), None)
    return None


def unread(request):
    """How many messages wait in the inbox."""
    return Message.objects.unread(request.user).count() if request.user.is_authenticated else 0


def tabs(request):
    match = request.resolver_match
    here = match.view_name if match else ""
    shown = []
    for icon, label, name, concepts in QUESTIONS:
        if found := address(name):
            belongs = here.partition(":")[0] in concepts
            current = "page" if here == name else "true" if belongs else ""
            shown.append(Link(label, found, icon=icon, current=current))
    return shown


def sign_in(request):
    """Signing in leads back to the page one stood on."""
    found = address(settings.LOGIN_URL)
    if not found or request.path.startswith("/accounts/") or request.method != "GET":
        return found
    return f"{found}?{urlencode({'next': request.get_full_path()})}"


def links(pages):
    return [
        Link(label, found, strong=name == STRONG)
        for label, name in pages
        if (found := address(name))
    ]


def address(name, *arguments):
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
