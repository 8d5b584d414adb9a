"""What clerks, officers and people at a tablet read."""

import json
import re
from base64 import b64encode
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from maeul.core.refusal import Refused
from maeul.ground.notice.models import Message
from maeul.vault.ballot import actions, sealing
from maeul.vault.ballot.clock import clock_at
from maeul.vault.ballot.models import BoothReport, CheckIn, Device, Elector, Envelope, Outer
from maeul.vault.ballot.rules import Way
from maeul.vault.ballot.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def election(at):
    return factories.at_booths(at=at)


@pytest.fixture
def hall(election):
    return election.tables[0]


@pytest.fixture
def soon(election):
    return election.electors.get(number=1)


def page(name, booth, *more):
    return reverse(f"ballot:{name}", args=[booth.election_id, booth.number, *more])


def text(answer):
    return answer.content.decode()


@pytest.fixture
def clerk(client, hall):
    client.force_login(hall.helper)
    return client


def get(client, address, at, **data):
    with clock_at(at):
        return client.get(address, data)


def post(client, address, at, **data):
    with clock_at(at):
        return client.post(address, data)


def test_a_clerk_finds_somebody_by_name_and_by_number(clerk, hall, at):
    for words in ("선거인1", "1"):
        found = text(get(clerk, page("table", hall), at, q=words))
        assert "찾은 분 1명" in found
        assert "선거인1" in found
    assert "명부에 없습니다" in text(get(clerk, page("table", hall), at, q="없는사람"))


def test_a_clerk_gives_a_sheet_and_reads_which_line_is_signed(clerk, hall, soon, at):
    address = page("elector", hall, soon.pk)
    assert "종이 투표용지 주기" in text(get(clerk, address, at))
    answer = post(clerk, address, at, way="paper")
    assert CheckIn.objects.get().way == Way.PAPER
    assert "서명부 1번 줄에 서명받으세요" in text(get(clerk, answer.url, at))
    again = text(get(clerk, address, at))
    assert "이미 현장에서 투표하셨습니다" in again
    assert f'href="{page("check_in", hall, CheckIn.objects.get().pk)}"' in again


def test_a_second_sheet_is_refused_in_a_sentence_on_the_page(clerk, hall, soon, at):
    factories.came(soon, hall, Way.PAPER, at=at)
    answer = post(clerk, page("elector", hall, soon.pk), at, way="paper")
    assert answer.status_code == 200
    assert CheckIn.objects.count() == 1


def test_of_another_booth_an_elector_is_led_to_an_outer_envelope(clerk, election, hall, at):
    other = election.electors.get(number=2)
    assert "겉봉투로 하기" in text(get(clerk, page("elector", hall, other.pk), at))
    answer = post(clerk, page("elsewhere", hall, other.pk), at, proof="여권")
    assert answer.status_code == 302
    assert Outer.objects.get().elector == other


WHO = {"name": "박새이웃", "born_on": "1970-01-01", "proof": "주민등록증"}


def test_somebody_on_no_list_is_registered_with_three_fields(clerk, hall, at):
    answer = post(clerk, page("register", hall), at, **WHO)
    elector = Elector.objects.get(roll="supplementary")
    assert answer.url == page("elector", hall, elector.pk)


def test_with_a_near_match_what_was_typed_stands_in_the_form_of_the_envelope(clerk, hall, at):
    answer = text(
        post(clerk, page("register", hall), at, name="선거인1", born_on="1961-01-01", proof="여권")
    )
    assert "겉봉투로 투표합니다" in answer
    assert 'value="1961-01-01"' in answer
    assert f'action="{page("outer", hall)}"' in answer
    post(
        clerk, page("outer", hall), at, name="선거인1", born_on="1961-01-01", proof="여권",
        reason="near_match",
    )  # fmt: skip
    assert Outer.objects.get().reason == "near_match"


def test_a_code_on_the_electors_own_page_leads_the_clerk_to_that_row(client, at, soonja):
    election = factories.at_booths(at=at, people=[soonja])
    hall = election.tables[0]
    client.force_login(soonja)
    mine = reverse("ballot:mine", args=[election.pk])
    assert "현장에서 투표하려면" in text(get(client, mine, at))
    scanned = reverse("ballot:scanned", args=[election.pk, election.electors.get(number=1).pk])
    assert get(client, scanned, at).status_code == 403, "the code opens nothing for the elector"
    client.force_login(hall.helper)
    assert get(client, scanned, at).url == page("elector", hall, election.electors.get(number=1).pk)


def test_two_people_undo_on_the_page(client, election, hall, soon, at):
    check_in = factories.came(soon, hall, Way.PAPER, at=at)
    for person in (hall.helper, election.clerk):
        client.force_login(person)
        post(client, page("rule", hall, check_in.pk), at, kind="undone", reason="잘못 눌렀습니다")
    assert "끝난 본인 확인" in text(get(client, page("check_in", hall, check_in.pk), at))


def test_a_clerk_is_not_offered_to_strike(clerk, hall, soon, at):
    check_in = factories.came(soon, hall, Way.PAPER, at=at)
    offered = text(get(clerk, page("rule", hall, check_in.pk), at))
    assert "다툼이 있음" in offered
    assert "지움: " not in offered


# The tablet


@pytest.fixture
def tablet(client, clerk, hall, at):
    """Enrolled through the pages: the clerk's code, opened on the tablet."""
    shown = text(post(clerk, page("devices", hall), at, name="단말 1"))
    [address] = re.findall(r"<code>http://testserver(\S+?)</code>", shown)
    client.logout()
    answer = post(client, address, at)
    assert answer.url == reverse("ballot:kiosk")
    return client


def slip_for(elector, hall, at):
    check_in = factories.came(elector, hall, Way.KIOSK, at=at)
    with clock_at(at):
        return actions.new_slip(check_in=check_in, by=hall.helper, at=at)


def send(tablet, election, code, sealed, at):
    body = {
        "sealed": b64encode(sealed).decode(),
        "tracker": sealing.tracker_of(sealed).hex(),
        "slip": code,
    }
    with clock_at(at):
        return tablet.post(
            reverse("ballot:kiosk_cast"), json.dumps(body), content_type="application/json"
        )


def test_a_code_opens_the_ballot_on_the_tablet_and_the_ballot_is_cast_there(
    tablet, election, hall, soon, at
):
    kiosk = reverse("ballot:kiosk")
    assert "받은 번호를 눌러 주세요" in text(get(tablet, kiosk, at))
    code = slip_for(soon, hall, at)
    opened = post(tablet, kiosk, at, code=f"{code[:4]} {code[4:]}")
    assert "그늘 의자" in text(opened)
    assert "no-store" in opened["Cache-Control"]
    assert soon.name not in text(opened), "who stands there is nobody's business behind them"
    sealed = factories.sealed(election, q1=[1])
    answer = send(tablet, election, code, sealed, at)
    assert answer.status_code == 200
    assert Envelope.objects.get().channel == "kiosk"
    assert send(tablet, election, code, sealed, at).json() == answer.json(), "a retry"
    assert "이미 쓴 번호" in text(post(tablet, kiosk, at, code=code))


def test_a_tablet_forgets_how_large_the_last_one_wanted_the_type(tablet, at):
    tablet.cookies["size"] = "huge"
    answer = get(tablet, reverse("ballot:kiosk"), at)
    assert answer.status_code == 302
    assert answer.cookies["size"].value == ""


def test_from_a_ballot_on_a_tablet_no_link_leads_out_of_it(tablet, hall, soon, at):
    opened = text(post(tablet, reverse("ballot:kiosk"), at, code=slip_for(soon, hall, at)))
    links = re.findall(r'href="(/[^"#]*)"', opened)
    assert {link for link in links if not link.startswith("/static/")} == {reverse("ballot:kiosk")}


def test_a_wrong_code_is_answered_in_a_sentence(tablet, at):
    answer = text(post(tablet, reverse("ballot:kiosk"), at, code="00000000"))
    assert "번호가 맞지 않습니다" in answer


def test_a_tablet_that_was_cut_off_opens_nothing(tablet, hall, at):
    actions.revoke_device(device=Device.objects.get(), by=hall.helper, at=at)
    assert get(tablet, reverse("ballot:kiosk"), at).status_code == 403


def test_an_enrolment_code_is_no_secret_of_a_tablet(client, hall, at):
    with clock_at(at):
        _device, code = actions.enrol_device(booth=hall, name="단말", by=hall.helper, at=at)
    client.cookies["kiosk"] = code
    assert get(client, reverse("ballot:kiosk"), at).status_code == 403


def test_the_secret_of_a_tablet_is_sent_to_its_own_pages_only(tablet):
    cookie = tablet.cookies["kiosk"]
    assert cookie["path"] == reverse("ballot:kiosk")
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"


def test_options_begin_at_another_one_for_each_number_of_the_roll(election):
    question = election.questions.get()
    orders = [[option.number for option in question.options_for(n)] for n in (1, 2, 3)]
    assert orders == [[2, 3, 1], [3, 1, 2], [1, 2, 3]]


def test_yes_and_no_stay_in_their_order(at):
    election = factories.frozen(at=at, questions=(factories.yes_no_question,))
    question = election.questions.get()
    assert [option.number for option in question.options_for(1)] == [1, 2]


# Officers


def test_officers_decide_an_envelope_among_those_who_could_be_meant(
    client, election, hall, soon, at
):
    with clock_at(at):
        outer = actions.take_outer(
            booth=hall, reason="near_match", name="선거인1", born_on=date(1961, 1, 1),
            proof="여권", by=hall.helper, at=at,
        )  # fmt: skip
    address = reverse("ballot:outer_ruling", args=[election.pk, outer.pk])
    for officer in (election.chair, election.clerk):
        client.force_login(officer)
        offered = text(get(client, address, at))
        assert f'value="{soon.pk}"' in offered
        assert "이미 현장에서 투표했습니다" not in offered
        assert "현장 명부에 올립니다" in offered
        post(client, address, at, whose=str(soon.pk))
    assert CheckIn.objects.get().elector == soon


def test_officers_read_who_of_those_that_could_be_meant_voted_already(
    client, election, hall, soon, at
):
    factories.came(soon, hall, Way.PAPER, at=at)
    with clock_at(at):
        outer = actions.take_outer(
            booth=hall, reason="near_match", name="선거인1", born_on=date(1961, 1, 1),
            proof="여권", by=hall.helper, at=at,
        )  # fmt: skip
    client.force_login(election.chair)
    offered = text(get(client, reverse("ballot:outer_ruling", args=[election.pk, outer.pk]), at))
    assert "이미 현장에서 투표했습니다" in offered


def test_an_officer_sets_ways_and_booths_of_a_draft(client, at):
    election = factories.drafted(at=at, electors=factories.walk_ins(3))
    client.force_login(election.clerk)
    address = reverse("ballot:in_person", args=[election.pk])
    post(client, address, at, part="channels", channels=["online", "paper"])
    day = {"booth-opens_at": "2026-05-12T10:00", "booth-closes_at": "2026-05-12T18:00"}
    for name, place in (("가람", "학교"), ("나래", "강당"), ("가람", "회관")):
        sent = {"part": "booth", "booth-name": name, "booth-place": place, **day}
        post(client, address, at, **sent)
    election.refresh_from_db()
    assert election.channels == ["online", "paper"]
    places = {booth.name: booth.hours.count() for booth in election.booths.all()}
    assert places == {"가람": 2, "나래": 1}
    second = election.booths.get(number=2)
    sent = {"part": "assign", "assign-booth": second.pk, "assign-first": 2, "assign-last": 3}
    post(client, address, at, **sent)
    assert second.electors.count() == 2


def test_a_booth_prints_its_roll_and_its_signature_list(clerk, hall, at):
    answer = get(clerk, page("roll_paper", hall), at)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_a_line_of_the_paper_list_is_entered(clerk, hall, soon, at):
    post(clerk, page("late", hall), at, list_number=7, number=soon.number, roll="main")
    assert (CheckIn.objects.get().list_number, CheckIn.objects.get().late) == (7, True)
    answer = post(clerk, page("late", hall), at, list_number=8, number=99, roll="main")
    assert "이 번호의 선거인이 없습니다" in text(answer)


COUNTS = {"signatures": 3, "sheets_given": 3, "sheets_back": 1, "outer_envelopes": 0}


def photo(name="마감표.jpg"):
    """A photograph that knows where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = "1층 강당"
    content = BytesIO()
    Image.new("RGB", (30, 20), "white").save(content, "JPEG", exif=exif)
    return SimpleUploadedFile(name, content.getvalue())


def read(client, person, hall, *, at=None, **typed):
    """Somebody types what stands on the signed sheet."""
    client.force_login(person)
    return post(client, page("report", hall), at or hall.election.closes_at, **COUNTS | typed)


def test_signed_counts_hold_when_two_people_have_read_the_same(client, election, hall):
    early = election.closes_at - timedelta(seconds=1)
    assert "아직 투표 시간" in text(read(client, hall.helper, hall, at=early, photo=photo()))
    answer = read(client, hall.helper, hall, photo=photo())
    assert "다른 한 사람도 종이를 보고" in text(client.get(answer.url))
    assert not BoothReport.objects.exists()
    answer = read(client, election.clerk, hall)
    assert "두 사람이 같은 마감표를 적었습니다" in text(client.get(answer.url))
    report = BoothReport.objects.get()
    assert report.counts == COUNTS
    assert {report.first_by, report.by} == {hall.helper, election.clerk}
    assert "이미 같은 마감표를" in text(read(client, election.chair, hall, photo=photo()))


def test_one_person_alone_does_not_make_the_counts_hold(client, hall):
    for _again in range(2):
        read(client, hall.helper, hall, photo=photo())
    assert not BoothReport.objects.exists()


def test_two_who_read_otherwise_are_told_where_and_nothing_holds(client, election, hall):
    read(client, hall.helper, hall, photo=photo())
    answer = read(client, election.clerk, hall, sheets_given=2, signatures=33, once="second")
    said = text(get(client, answer.url, election.closes_at))
    assert "다른 칸이 있습니다: 서명부의 서명, 내준 투표용지." in said
    assert 'value="33"' in said  # nothing typed is lost
    assert not BoothReport.objects.exists()
    with pytest.raises(Refused, match="booths_unheard"):
        actions.fix_list(
            election=factories.closed(election), by=election.clerk, at=election.closes_at
        )
    read(client, election.clerk, hall)  # who was wrong types it anew
    assert hall.report.counts == COUNTS


def test_who_read_wrong_and_went_home_holds_up_nobody(client, election, hall):
    """Each reading is kept, also one that differs: two of three are enough."""
    read(client, hall.helper, hall, signatures=33, photo=photo(), once="first")
    read(client, election.clerk, hall, once="second")
    refused = read(client, election.chair, hall, once="third")
    assert "사진" in refused.content.decode(), "the wrong reader's picture stands for neither"
    read(client, election.chair, hall, photo=photo(), once="fourth")
    assert (hall.report.counts, hall.report.first_by) == (COUNTS, election.clerk)


def test_the_counts_come_with_a_photograph_that_tells_no_place(client, election, hall):
    assert "파일을 골라 주세요" in text(read(client, hall.helper, hall))
    broken = SimpleUploadedFile("마감표.jpg", b"%PDF-1.4")
    assert "파일만 올릴 수 있습니다" in text(read(client, hall.helper, hall, photo=broken))
    assert client.get(page("report_photo", hall)).status_code == 404
    read(client, hall.helper, hall, photo=photo())
    shown = client.get(page("report_photo", hall))
    assert shown["Content-Type"] == "image/jpeg"
    assert not Image.open(BytesIO(shown.content)).getexif()
    read(client, election.clerk, hall)
    assert sha256(shown.content).hexdigest() == hall.report.photo.sha256


def test_the_photograph_is_for_those_of_this_booth_and_the_officers(client, election, hall):
    read(client, hall.helper, hall, photo=photo())
    address = page("report_photo", hall)
    for person, answer in [(election.chair, 200), (election.tables[1].helper, 403)]:
        client.force_login(person)
        assert client.get(address).status_code == answer


def test_who_signed_is_told_at_the_table_but_no_number(client, election, hall):
    read(client, hall.helper, hall, photo=photo(), signatures=86421)
    client.force_login(election.clerk)
    told = text(get(client, page("table", hall), election.closes_at))
    assert hall.helper.name in told
    assert "86421" not in told
    assert "86421" not in text(get(client, page("report", hall), election.closes_at))


def test_a_slip_is_shown_once_with_its_code(clerk, hall, soon, at):
    caches["limits"].clear()
    check_in = factories.came(soon, hall, Way.KIOSK, at=at)
    shown = text(post(clerk, page("slip", hall, check_in.pk), at))
    assert re.search(r"<span>\d{4} \d{4}</span>", shown)
    assert "<svg" in shown


def test_everybody_reads_where_to_vote_and_an_elector_which_booth_is_theirs(client, at, soonja):
    election = factories.at_booths(at=at, people=[soonja])
    address = reverse("ballot:election", args=[election.pk])
    assert "1층 강당" in text(get(client, address, at))
    client.force_login(soonja)
    assert "내 투표소는 1투표소입니다" in text(get(client, address, at))


def test_a_clerk_is_told_with_the_way_to_the_table(election, hall):
    [message] = Message.objects.filter(person=hall.helper)
    assert message.link == page("table", hall)
