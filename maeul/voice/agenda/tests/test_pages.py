import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from maeul.core.models import Upload
from maeul.council.meeting import actions as meetings
from maeul.council.meeting.tests.factories import joint_meeting, opened
from maeul.ground.district.tests.factories import OtherDongFactory, bounded
from maeul.voice.agenda import actions
from maeul.voice.agenda.models import AgendaItem, Offer, Photo
from maeul.voice.agenda.rules import State
from maeul.voice.agenda.tests.factories import item_in, said, topic_decided, walk_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]

SENTENCE = "시장 입구 건널목 신호를 길게"


def read(client, name, *args, **query):
    return client.get(reverse(f"agenda:{name}", args=args), query).content.decode()


def send(client, name, *args, **typed):
    address = reverse(f"agenda:{name}", args=args)
    return client.post(address, typed, follow=True).content.decode()


def typed(dong, **more):
    return {
        "title": SENTENCE,
        "text": "어머니가 한 번에 못 건너십니다.",
        "dong": dong.pk,
        "place": "시장 북쪽 들머리",
        "category": "roads",
        "shows_name": "no",
        **more,
    }


# Sending one sentence


def test_a_resident_sends_a_sentence_and_reads_when_the_answer_comes(client, soonja, dong):
    client.force_login(soonja)
    page = send(client, "new", **typed(dong))
    assert "잘 받았습니다." in page
    assert "까지 동 담당자가 읽고 알림으로 답합니다." in page
    assert SENTENCE in page
    assert "아직 공개되지 않았습니다" in page


def test_what_is_missing_is_said_and_what_was_typed_stays(client, soonja, dong):
    client.force_login(soonja)
    page = send(client, "new", **typed(dong, place="", category=""))
    assert "두 곳을 고쳐 주세요" in page
    assert SENTENCE in page
    assert "어머니가 한 번에 못 건너십니다." in page
    assert not AgendaItem.objects.exists()


def test_a_sentence_of_spaces_is_refused_and_the_rest_stays(client, soonja, dong):
    client.force_login(soonja)
    page = send(client, "new", **typed(dong, title="   "))
    assert "‘무엇을 바꾸고 싶으세요?’에 답해 주세요." in page
    assert "시장 북쪽 들머리" in page


@pytest.mark.parametrize(("letters", "taken"), [(100, True), (101, False)])
def test_a_sentence_has_a_hundred_letters_at_most(client, soonja, dong, letters, taken):
    client.force_login(soonja)
    send(client, "new", **typed(dong, title="가" * letters))
    assert AgendaItem.objects.exists() is taken


def test_a_visitor_writes_first_signs_in_then_and_finds_the_text_again(client, soonja, dong):
    answer = client.post(reverse("agenda:new"), typed(dong))
    assert answer.url.startswith(reverse("account_login"))
    assert not AgendaItem.objects.exists()
    client.force_login(soonja)
    page = read(client, "new")
    assert SENTENCE in page
    assert "시장 북쪽 들머리" in page


def test_a_text_put_aside_is_there_when_one_comes_back(client, dong):
    page = send(client, "new", **typed(dong, draft="1", category=""))
    assert "쓰던 글을 간직했습니다" in page
    assert SENTENCE in read(client, "new")


def test_a_double_click_is_one_item(client, soonja, dong):
    client.force_login(soonja)
    for _click in range(2):
        client.post(reverse("agenda:new"), typed(dong, once="the-same-form"))
    assert AgendaItem.objects.count() == 1


def test_what_sounds_alike_is_shown_while_one_types(client, dong):
    item_in(dong, title=SENTENCE)
    assert SENTENCE in read(client, "similar", title="시장 앞 건널목 신호가 짧아요")
    assert read(client, "similar", title="도서관이 좁아요").strip() == ""


# Pictures


@pytest.fixture
def picture(settings, tmp_path):
    """A small picture as a phone would send it, with the place it was taken at inside."""
    settings.MEDIA_ROOT = tmp_path
    drawn, exif = BytesIO(), Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (40, 30), "teal").save(drawn, "JPEG", exif=exif)
    return SimpleUploadedFile("담장.jpg", drawn.getvalue(), "image/jpeg")


def test_a_picture_comes_along_without_its_place_and_is_seen_by_whoever_sees_the_item(
    client, soonja, stranger, dong, picture
):
    client.force_login(soonja)
    page = send(client, "new", **typed(dong, photos=picture))
    photo = Photo.objects.get()
    assert photo.get_absolute_url() in page
    seen = client.get(photo.get_absolute_url())
    assert seen["Content-Type"] == "image/jpeg"
    assert not Image.open(BytesIO(seen.content)).getexif()
    client.force_login(stranger)
    assert client.get(photo.get_absolute_url()).status_code == 404


def test_a_file_that_is_no_picture_is_refused_and_the_words_stay(client, soonja, dong):
    client.force_login(soonja)
    wrong = SimpleUploadedFile("사진.jpg", b"not a picture at all", "image/jpeg")
    page = send(client, "new", **typed(dong, photos=wrong))
    assert "파일만 올릴 수 있습니다" in page
    assert "사진은 다시 골라 주세요" in page
    assert SENTENCE in page


@pytest.mark.parametrize(("number", "taken"), [(3, True), (4, False)])
def test_three_pictures_come_along_at_most(client, soonja, dong, picture, number, taken):
    data = picture.read()
    several = [SimpleUploadedFile(f"{n}.jpg", data, "image/jpeg") for n in range(number)]
    client.force_login(soonja)
    send(client, "new", **typed(dong, photos=several))
    assert AgendaItem.objects.exists() is taken


def test_staff_takes_a_picture_out_for_good(client, soonja, officer, dong, picture):
    client.force_login(soonja)
    send(client, "new", **typed(dong, photos=picture))
    photo = Photo.objects.get()
    client.force_login(officer)
    assert "사진을 지웠습니다." in send(client, "take_out_photo", photo.item.number, photo.pk)
    assert not Photo.objects.exists()
    assert not Upload.objects.exists()


@pytest.mark.parametrize("where", ["title", "text", "place"])
def test_a_resident_registration_number_is_not_kept_anywhere(client, soonja, dong, where):
    client.force_login(soonja)
    page = send(client, "new", **typed(dong, **{where: "제 번호는 900101-2000006"}))
    assert "주민등록번호" in page
    assert not AgendaItem.objects.exists()


# Pointing at a place


@pytest.fixture
def square(dong):
    """The dong as a square of a hundredth of a degree."""
    west, south, east, north = 126.88, 37.46, 126.89, 37.47
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return bounded(dong, ring)


def test_a_tap_on_the_map_marks_the_place_and_keeps_every_word(client, soonja, square):
    client.force_login(soonja)
    page = send(client, "new", **typed(square, map="1"))
    assert "독산1동 지도에서 자리를 눌러 주세요" in page
    assert "고쳐 주세요" not in page
    page = send(client, "new", **typed(square, category="", **{"spot.x": "160", "spot.y": "160"}))
    assert "자리를 찍었습니다" in page
    assert SENTENCE in page
    assert "고쳐 주세요" not in page  # nothing was sent yet
    assert not AgendaItem.objects.exists()
    [longitude] = re.findall(r'name="longitude" value="([0-9.]+)"', page)
    [latitude] = re.findall(r'name="latitude" value="([0-9.]+)"', page)
    page = send(client, "new", **typed(square, longitude=longitude, latitude=latitude))
    item = AgendaItem.objects.get()
    assert item.longitude == pytest.approx(126.885, abs=0.0005)
    assert 37.46 < item.latitude < 37.47


def test_a_key_instead_of_a_tap_marks_no_place_and_a_mark_is_taken_away(client, soonja, square):
    client.force_login(soonja)
    page = send(client, "new", **typed(square, **{"spot.x": "0", "spot.y": "0"}))
    assert "아직 찍은 자리가 없습니다" in page
    there = {"longitude": "126.885", "latitude": "37.465"}
    assert "찍은 자리 지우기" in send(client, "new", **typed(square, category="", **there))
    page = send(client, "new", **typed(square, no_spot="1", **there))
    assert "아직 찍은 자리가 없습니다" in page


@pytest.mark.parametrize(
    ("there", "sentence"),
    [
        ({"longitude": "127.5", "latitude": "37.465"}, "고른 자리가 이 동 밖입니다"),
        ({"longitude": "126.885"}, "지도의 자리가 반만 들어왔습니다"),
    ],
)
def test_a_place_outside_the_dong_or_half_a_place_is_refused(
    client, soonja, square, there, sentence
):
    client.force_login(soonja)
    page = send(client, "new", **typed(square, **there))
    assert sentence in page
    assert SENTENCE in page
    assert not AgendaItem.objects.exists()


def test_correcting_the_words_keeps_the_place(client, soonja, square):
    item = said(square, author=soonja, point=(126.885, 37.465))
    client.force_login(soonja)
    page = read(client, "correct", item.number)
    assert "찍은 자리 지우기" in page
    send(client, "correct", item.number, **typed(square, longitude=126.885, latitude=37.465))
    item.refresh_from_db()
    assert item.point == (126.885, 37.465)
    assert "자리를 찍었습니다" in send(
        client, "correct", item.number, **typed(square, **{"spot.x": "9", "spot.y": "9"})
    )


@pytest.mark.parametrize(
    ("at", "pins"), [("126.885,37.465", 1), ("", 0), ("x,y", 0), ("1", 0), ("0,0", 0)]
)
def test_the_drawing_of_a_dong_shows_the_pin_it_is_asked_for(client, square, at, pins):
    answer = client.get(reverse("agenda:map", args=[square.code]), {"at": at})
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.decode().count("<circle") == pins


def test_the_list_of_a_dong_shows_where_its_items_are(client, square):
    item_in(square, point=(126.885, 37.465))
    item_in(square, title="자리 없는 의제")
    page = read(client, "items", dong=square.code)
    assert page.count('class="dot"') == 1
    assert "의제 1건의 자리" in page


# The list


def test_a_list_says_what_it_is_how_many_and_how_the_first_is_made_when_empty(client, dong):
    assert "첫 문장을 보내 보세요" in read(client, "items")
    item_in(dong)
    page = read(client, "items")
    assert "<strong>1건</strong>" in page
    assert SENTENCE in page
    assert "이웃의 공감을 모으고" in page


def test_the_list_shows_no_unread_refused_or_gathered_sentence(client, dong, officer, at):
    said(dong, title="아직 읽지 않은 문장")
    item_in(dong, State.DECLINED, title="거절한 문장")
    shown, gathered = item_in(dong), item_in(dong, title="모인 문장")
    actions.merge(item=gathered, into=shown, by=officer, at=at)
    page = read(client, "items")
    assert "아직 읽지 않은" not in page
    assert "거절한" not in page
    assert "모인 문장" not in page
    assert SENTENCE in page


def test_the_list_is_filtered_by_state_category_dong_and_words(client, dong):
    item_in(dong)
    item_in(dong, State.IN_REVIEW, title="공원 의자")
    item_in(OtherDongFactory(), title="옆 동의 가로등")
    assert "공원 의자" not in read(client, "items", state="gathering")
    assert SENTENCE not in read(client, "items", state="review")
    assert "옆 동의 가로등" not in read(client, "items", dong=dong.code)
    assert "옆 동의 가로등" in read(client, "items", dong="all")
    assert "공원 의자" in read(client, "items", q="의자")
    assert SENTENCE not in read(client, "items", q="의자")
    assert "찾는 의제가 없습니다" in read(client, "items", category="care")
    assert "찾는 의제가 없습니다" in read(client, "items", q="없는낱말")


def test_the_most_supported_stand_first_when_asked_for(client, soonja, dong, at):
    loved = item_in(dong, title="사랑받는 의제")
    item_in(dong, title="새로운 의제", at=at)
    actions.support(item=loved, by=soonja, at=at)
    page = read(client, "items", sort="support")
    assert page.index("사랑받는 의제") < page.index("새로운 의제")
    page = read(client, "items")
    assert page.index("새로운 의제") < page.index("사랑받는 의제")


@pytest.mark.parametrize("query", ["?page=99", "?page=x", "?state=x&category=y&sort=z&dong=q"])
def test_a_wrong_address_of_the_list_still_shows_a_list(client, dong, query):
    item_in(dong)
    assert client.get(reverse("agenda:items") + query).status_code == 200


def test_a_longer_list_asks_the_database_no_more_often(
    client, soonja, dong, officer, at, django_assert_max_num_queries
):
    def grow(n):
        for _one in range(n):
            actions.support(item=item_in(dong, author=soonja), by=officer, at=at)

    def queries():
        with django_assert_max_num_queries(15) as asked:
            read(client, "items", q="건널목")
        return len(asked)

    grow(2)
    few = queries()
    grow(12)
    assert queries() == few


# One item


def test_what_is_not_public_is_not_found_by_others(client, soonja, stranger, officer, dong):
    item = said(dong, author=soonja)
    address = item.get_absolute_url()
    assert client.get(address).status_code == 404
    for person, status in [(stranger, 404), (soonja, 200), (officer, 200)]:
        client.force_login(person)
        assert client.get(address).status_code == status


def test_the_name_of_who_said_it_is_shown_only_if_they_want(client, soonja, dong):
    assert (
        "순자" not in client.get(item_in(dong, author=soonja).get_absolute_url()).content.decode()
    )
    named = item_in(dong, author=soonja, shows_name=True)
    assert "순자 님" in client.get(named.get_absolute_url()).content.decode()


def test_the_page_tells_the_way_in_sentences_and_where_it_stands_now(client, dong):
    item = item_in(dong, State.IN_REVIEW)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "의제로 받아들였습니다" in page
    assert "구청 부서가 할 수 있는 일인지 살펴보고 있습니다." in page
    assert "한 문장을 보냈습니다" not in page  # between its author and the staff


def test_the_author_reads_the_refusal_and_nobody_else_does(client, soonja, stranger, dong):
    item = item_in(dong, State.DECLINED, author=soonja)
    client.force_login(stranger)
    assert client.get(item.get_absolute_url()).status_code == 404
    client.force_login(soonja)
    assert "구의 땅이 아닙니다." in client.get(item.get_absolute_url()).content.decode()


def test_a_resident_supports_and_takes_it_back(client, minsu, dong):
    item = item_in(dong)
    client.force_login(minsu)
    assert "공감함 1" in " ".join(send(client, "support", item.number).split())
    page = send(client, "support", item.number)
    assert "이미 공감하셨습니다. 한 사람이 한 번 셉니다." in page
    assert "공감을 거두었습니다." in send(client, "unsupport", item.number)


def test_a_visitor_who_supports_signs_in_and_comes_back_to_the_item(client, dong):
    item = item_in(dong)
    answer = client.post(reverse("agenda:support", args=[item.number]))
    assert answer.url == f"{reverse('account_login')}?next={item.get_absolute_url()}"


def test_help_is_offered_refused_for_yesterday_and_taken_back(client, minsu, soonja, dong):
    item = item_in(dong, author=soonja)
    client.force_login(minsu)
    today = timezone.localdate()
    page = send(
        client,
        "offer_help",
        item.number,
        kind="hands",
        text="사다리를 빌려드립니다",
        until=today - timedelta(days=1),
    )
    assert "오늘이나 그 뒤로 정해 주세요" in page
    assert "사다리를 빌려드립니다" in page
    page = send(
        client, "offer_help", item.number, kind="hands", text="사다리를 빌려드립니다", until=today
    )
    assert "담당자가 먼저 연락드립니다" in page
    assert "내가 알린 도움" in page
    client.force_login(soonja)
    assert "민수: 일손" in client.get(item.get_absolute_url()).content.decode()
    assert (
        client.post(reverse("agenda:withdraw_offer", args=[Offer.objects.get().pk])).status_code
        == 404
    )
    client.force_login(minsu)
    assert "거두었습니다" in send(client, "withdraw_offer", Offer.objects.get().pk)


def test_names_of_helpers_are_not_for_the_public(client, minsu, dong, at):
    item = item_in(dong)
    actions.offer_help(item=item, kind="skill", until=date(2040, 1, 1), by=minsu, at=at)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "민수" not in page


def test_the_author_corrects_and_takes_back(client, soonja, stranger, dong):
    item = said(dong, author=soonja)
    client.force_login(soonja)
    changed = typed(dong, title="시장 북쪽 건널목 신호를 길게")
    assert "시장 북쪽 건널목" in send(client, "correct", item.number, **changed)
    assert "이제 다른 분께 보이지 않습니다" in send(client, "withdraw", item.number)


def test_too_late_a_correction_keeps_what_was_typed(client, soonja, dong):
    item = item_in(dong, author=soonja)
    client.force_login(soonja)
    page = send(client, "correct", item.number, **typed(dong, title="뒤늦은 문장"))
    assert "이미 의제로 받아들인 문장입니다" in page
    assert "뒤늦은 문장" in page


# Staff


def test_staff_reads_a_sentence_takes_it_in_and_sees_it_public(client, officer, dong):
    item = said(dong)
    client.force_login(officer)
    assert SENTENCE in read(client, "triage", item.number)
    assert "의제로 받아 공개했습니다" in send(client, "triage", item.number, category="roads")


def test_triage_shows_what_sounds_alike(client, officer, dong):
    item_in(dong, title="시장 앞 건널목 신호")
    client.force_login(officer)
    assert "비슷한 의제가 있습니다" in read(client, "triage", said(dong).number)


def test_staff_reads_why_their_own_sentence_waits_for_somebody_else(client, officer, dong):
    item = said(dong, author=officer)
    client.force_login(officer)
    assert "다른 담당자에게 맡겨 주세요" in send(client, "triage", item.number, category="care")


@pytest.mark.parametrize(
    ("name", "words", "heard"),
    [
        ("decline", {"reason": "땅이 시의 것입니다."}, "답을 보냈습니다."),
        ("fix", {"reason": "의자를 고쳤습니다."}, "바로 고쳤다고 알렸습니다."),
        ("park", {"reason": "겨울에 봅니다.", "until": "2040-01-01"}, "미루었습니다."),
        ("split", {"title": "의자도 놓아 주세요"}, "따로 나누었습니다."),
    ],
)
def test_staff_answers_in_words_and_without_words_is_asked_for_them(
    client, officer, dong, name, words, heard
):
    item = item_in(dong)
    client.force_login(officer)
    assert "고쳐 주세요" in send(client, name, item.number, once="an-empty-form")
    assert heard in send(client, name, item.number, **words)


def test_a_refused_answer_keeps_the_words(client, officer, dong):
    item = item_in(dong, State.TABLED)
    client.force_login(officer)
    page = send(client, "decline", item.number, reason="길게 적은 까닭")
    assert "지금은 할 수 없는 일입니다" in page
    assert "길게 적은 까닭" in page


def test_staff_gathers_and_takes_apart(client, officer, dong):
    shown, dark = item_in(dong), item_in(dong, title="어두운 길")
    client.force_login(officer)
    assert SENTENCE in read(client, "merge", dark.number)
    page = send(client, "merge", dark.number, into=shown.number)
    assert "비슷한 이웃의 의제와 함께 다룹니다" in page
    assert "함께 모인 문장 1건" in client.get(shown.get_absolute_url()).content.decode()
    assert "모임에서 풀었습니다." in send(client, "unmerge", dark.number)


def test_the_page_to_gather_says_when_there_is_nothing_to_gather_under(client, officer, dong):
    client.force_login(officer)
    assert "모을 수 있는 의제가 아직 없습니다" in read(client, "merge", item_in(dong).number)


def test_what_was_put_aside_is_taken_out_again(client, officer, dong, at):
    item = item_in(dong)
    actions.park(item=item, reason="겨울에", until=date(2040, 1, 1), by=officer, at=at)
    client.force_login(officer)
    assert "다시 꺼냈습니다." in send(client, "resume", item.number)


def test_what_may_come_again_is_brought_back(client, officer, dong, at):
    item = item_in(dong, State.TABLED)
    actions.decide(item=item, outcome="again", by=officer, at=at)
    client.force_login(officer)
    assert "새해 의제로 다시 올리기" in client.get(item.get_absolute_url()).content.decode()
    assert "새해의 의제로 다시 올렸습니다." in send(client, "bring_again", item.number)


def test_what_was_said_at_the_desk_is_written_down_and_given_back(client, officer, dong):
    client.force_login(officer)
    said_there = typed(dong, source="desk", reach="화요일 노래교실")
    del said_there["shows_name"]
    assert "한 문장을 듣고 적었습니다" in send(client, "write_down", **said_there)
    item = AgendaItem.objects.get()
    assert "이어서 다음 문장을" in send(client, "write_down", more="1", **said_there)
    send(client, "fix", item.number, reason="고쳤습니다.")
    assert "답 전하기" in read(client, "worklist")
    assert "연락 방법은 지웠습니다" in send(client, "give_back", item.number, how="노래교실에서")


def test_how_to_reach_somebody_is_for_staff_alone(client, officer, dong, soonja, at):
    item = walk_in(dong)
    actions.triage(item=item, category="green", by=officer, at=at)
    client.force_login(soonja)
    assert "노래교실" not in client.get(item.get_absolute_url()).content.decode()
    client.force_login(officer)
    assert "노래교실" in client.get(item.get_absolute_url()).content.decode()


def test_a_worklist_puts_the_late_first_with_one_act_a_line(client, officer, dong):
    now = timezone.now()
    said(dong, title="늦은 문장", at=now - timedelta(days=9))
    said(dong, title="오늘 답할 문장", at=now - timedelta(days=3))
    said(dong, title="새 문장", at=now)
    client.force_login(officer)
    page = read(client, "worklist")
    assert "늦은 의제 1건, 오늘 답할 의제 1건" in page
    assert page.index("늦은 문장") < page.index("오늘 답할 문장") < page.index("새 문장")
    assert page.count("살펴보고 답하기") == 3


def test_an_empty_worklist_says_what_will_appear_here(client, officer):
    client.force_login(officer)
    assert "기다리는 의제가 없습니다" in read(client, "worklist")


def test_a_longer_worklist_asks_the_database_no_more_often(
    client, officer, dong, django_assert_max_num_queries
):
    def queries():
        with django_assert_max_num_queries(15) as asked:
            read(client, "worklist")
        return len(asked)

    client.force_login(officer)
    said(dong)
    few = queries()
    for _one in range(10):
        said(dong)
    assert queries() == few


# The joint meeting's desk


def test_the_desk_puts_items_on_the_list_and_takes_over_what_was_decided(
    client, officer, dong, soonja, at
):
    item = item_in(dong, author=soonja)
    client.force_login(officer)
    page = read(client, "desk", dong.code)
    assert "알린 연석회의가 없습니다" in page
    assert SENTENCE in page
    assert "먼저 회의를 알려 주세요" in send(client, "bring_to_meeting", item.number)
    meeting = joint_meeting(dong, by=officer, at=at)
    assert "안건으로 올리기" in read(client, "desk", dong.code)
    page = send(client, "bring_to_meeting", item.number)
    assert "다음 연석회의에 올렸습니다." in page
    assert "안건 1건" in page
    assert "안건으로 올리기" not in page
    opened(meeting, by=officer)
    topic = meeting.topics.get()
    meetings.decide_topic(
        topic=topic,
        outcome="to_review",
        text="도로과에 물어봅니다.",
        by=officer,
        at=meeting.starts_at,
    )
    page = read(client, "desk", dong.code)
    assert "옮겨 적을 것 1건" in page
    assert "도로과에 물어봅니다." in page
    page = send(client, "take_up", topic.pk)
    assert "회의에서 부서에 묻기로 했습니다" in page
    assert "옮겨 적을 것 0건" in read(client, "desk", dong.code)


def test_a_second_click_on_take_over_says_that_it_is_done(client, officer, dong):
    topic = topic_decided(dong)
    client.force_login(officer)
    send(client, "take_up", topic.pk)
    assert "이미 옮겨 적었습니다" in send(client, "take_up", topic.pk)


def test_a_longer_desk_asks_the_database_no_more_often(
    client, officer, dong, django_assert_max_num_queries
):
    def queries():
        with django_assert_max_num_queries(20) as made:
            read(client, "desk", dong.code)
        return len(made)

    client.force_login(officer)
    topic_decided(dong)
    item_in(dong)
    few = queries()
    for _one in range(4):
        topic_decided(dong)
        item_in(dong)
    assert queries() == few
