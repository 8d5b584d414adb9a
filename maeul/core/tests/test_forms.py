"""Fields: what is typed is understood or told about in plain words, and never lost."""

from datetime import date, datetime

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from maeul.core.forms import (
    Form,
    KoreanDateField,
    KoreanMomentField,
    SheetField,
    WonField,
    described,
)


class Asking(Form):
    name = forms.CharField(label="이름", help_text="부르는 이름이면 됩니다.")
    place = forms.CharField(label="어디인가요?")
    kind = forms.ChoiceField(
        label="갈래", widget=forms.RadioSelect, choices=[("a", described("<길>", "건널목"))]
    )
    cost = WonField(label="금액", min_won=1_000, max_won=30_000_000, required=False)
    on = KoreanDateField(label="날", required=False)
    at = KoreanMomentField(label="때", required=False)
    agree = forms.BooleanField(label="동의합니다", required=False)


def ask(**typed):
    return Asking({"name": "순자", "place": "시장", "kind": "a", **typed})


@pytest.mark.parametrize(
    ("typed", "won"), [("1,000", 1000), ("30000000원", 30_000_000), ("", None), (" 5,000 ", 5000)]
)
def test_amounts_are_read_as_people_type_them(typed, won):
    form = ask(cost=typed)
    assert form.is_valid()
    assert form.cleaned_data["cost"] == won


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("999", "1,000원 이상 적어 주세요."),
        ("30000001", "3,000만원까지 적을 수 있습니다."),
        ("많이", "금액을 숫자로만 적어 주세요."),
        ("-5000", "금액을 숫자로만 적어 주세요."),
        ("1e9", "금액을 숫자로만 적어 주세요."),
        ("1,00", "금액을 숫자로만 적어 주세요."),
    ],
)
def test_an_amount_that_cannot_be_is_told_and_stays_in_its_field(typed, sentence):
    form = ask(cost=typed)
    assert sentence in form.errors["cost"][0]
    assert f'value="{typed}"' in str(form["cost"])


def test_an_amount_shown_again_has_its_commas():
    assert 'value="1,200,000"' in str(Asking(initial={"cost": 1_200_000})["cost"])


@pytest.mark.parametrize("typed", ["2026-05-14", "2026.5.14", "2026. 5. 14.", "2026년 5월 14일"])
def test_days_are_read_as_koreans_write_them(typed):
    assert ask(on=typed).fields["on"].clean(typed) == date(2026, 5, 14)


@pytest.mark.parametrize("typed", ["2026-02-30", "2026년 13월 1일", "내일"])
def test_a_day_that_does_not_exist_is_told(typed):
    assert "날짜를 2026-05-14처럼" in ask(on=typed).errors["on"][0]


def test_an_hour_is_meant_in_korean_time():
    form = ask(at="2026-05-14T19:00")
    assert form.is_valid()
    assert form.cleaned_data["at"] == datetime(
        2026, 5, 14, 19, tzinfo=timezone.get_default_timezone()
    )


def test_what_is_missing_is_called_by_its_name():
    errors = Asking({}).errors
    assert errors["name"] == ["이름을 적어 주세요."]
    assert errors["place"] == ["‘어디인가요?’에 답해 주세요."]
    assert errors["kind"] == ["하나를 골라 주세요."]


def test_a_field_has_label_hint_control_and_error_in_this_order_and_names_them():
    html = Asking({"name": ""})["name"].as_field_group()
    order = [html.index(part) for part in ("<label", 'class="hint"', "<input", 'class="error"')]
    assert order == sorted(order)
    assert 'aria-describedby="id_name_error id_name_helptext"' in html
    assert 'aria-invalid="true"' in html


def test_a_choice_with_markup_in_its_words_stays_text():
    assert "&lt;길&gt;<small>건널목</small>" in str(Asking()["kind"])


def test_only_the_rarer_kind_of_field_is_marked():
    form = Asking()
    assert form["name"].mark == "필수"
    assert form["cost"].mark == ""
    del form.fields["at"], form.fields["agree"]
    assert form["name"].mark == ""
    assert form["cost"].mark == "선택"


def test_the_summary_leads_to_every_field_in_order():
    html = str(Asking({"cost": "x"}))
    assert "네 곳을 고쳐 주세요" in html
    assert html.index('href="#id_name"') < html.index('href="#id_kind_0"')
    assert 'role="alert"' in html


def test_a_refusal_stands_in_the_summary():
    form = ask()
    form.add_error(None, "그 시간에는 이미 예약이 있습니다.")
    html = str(form)
    assert "이대로는 할 수 없습니다" in html
    assert "그 시간에는 이미 예약이 있습니다." in html


class Bringing(Form):
    people = SheetField(label="인구", heads=["동", "명"])


def test_a_sheet_comes_as_rows_or_with_every_line_that_is_wrong():
    good = SimpleUploadedFile("인구.csv", "동,명\n가산동,12\n".encode())
    form = Bringing({}, {"people": good})
    assert form.is_valid()
    assert form.cleaned_data["people"][0].number("명") == 12
    bad = SimpleUploadedFile("인구.csv", "동,명\n=a,12\n=b,1\n".encode())
    form = Bringing({}, {"people": bad})
    assert [error[:4] for error in form.errors["people"]] == ["2번째 ", "3번째 "]
    assert str(form).count("번째 줄") == 3


def test_no_sheet_at_all_is_asked_for():
    assert Bringing({}).errors["people"] == ["파일을 골라 주세요."]


def test_a_file_that_the_browser_forgets_is_asked_for_again():
    assert "파일은 다시 골라 주세요." in str(Bringing({}))
    assert "파일은 다시" not in str(Asking({}))
