from datetime import date

import pytest

from maeul.ground.search import actions
from maeul.ground.search.models import Entry

pytestmark = pytest.mark.django_db


def put(number, title, text=""):
    return actions.put(
        link=f"/agenda/{number}/",
        kind="agenda",
        title=title,
        text=text,
        on=date(2026, 3, number),
    )


def found(words):
    return [entry.title for entry in Entry.objects.finding(words)]


def test_a_two_syllable_word_is_found_inside_a_longer_one():
    put(1, "학교뒷길가로등 설치")
    put(2, "공원 나무 심기")
    assert found("뒷길") == found("가로등") == ["학교뒷길가로등 설치"]


def test_particles_do_not_hide_a_word_and_all_words_must_occur():
    put(1, "공원을 밝게", "어두운 길")
    put(2, "공원에 의자")
    assert sorted(found("공원")) == ["공원에 의자", "공원을 밝게"]
    assert found("공원 의자") == ["공원에 의자"]


def test_a_word_in_the_title_stands_before_one_in_the_text():
    put(1, "쉼터", "도서관 옆 쉼터")
    put(2, "도서관 시간 늘리기")
    assert found("도서관") == ["도서관 시간 늘리기", "쉼터"]


@pytest.mark.parametrize("words", ["", "  ", "!!", "' | ) & (", "a:*b", "\\", "길 & !나무"])
def test_whatever_is_typed_is_only_looked_for(words):
    put(1, "공원 나무")
    assert found(words) == []


def test_a_renewed_row_is_found_by_its_new_words_only():
    put(1, "옛 제목")
    put(1, "새로운 이름")
    assert found("옛") == []
    assert found("새로운") == ["새로운 이름"]


def test_what_is_taken_away_is_not_found():
    put(1, "공원 나무")
    actions.take_away(link="/agenda/1/")
    assert found("공원") == []


def alike(sentence):
    return [entry.title for entry in Entry.objects.resembling(sentence)]


def test_a_sentence_finds_what_resembles_it_and_not_what_only_ends_alike():
    put(1, "시장 건널목 신호를 길게")
    put(2, "공원 수도꼭지에서 물이 샙니다")
    assert alike("시장 앞 건널목 신호가 너무 짧습니다") == ["시장 건널목 신호를 길게"]
    assert alike("도서관이 좁습니다") == []
    assert alike("!!") == []
