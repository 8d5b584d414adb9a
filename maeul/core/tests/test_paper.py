"""Papers are read by people, by screen readers and by whoever checks that nothing changed."""

import io
from datetime import date

import pytest
from PIL import Image
from pypdf import PdfReader

from maeul.core.paper import (
    Facts,
    Heading,
    PageBreak,
    Paper,
    Picture,
    Points,
    Table,
    Text,
)

MARKUP = '#panic("x") *굵게* $x$ <b>굵게</b> @who "따옴표" \\ #{1+1}'


def green(width=600, height=300):
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#d6e8d6").save(out, "PNG")
    return out.getvalue()


def minutes(**given):
    options = {
        "title": "제3차 정기회의 회의록",
        "number": "행복동-2026-017",
        "on": date(2026, 5, 12),
        "publisher": "행복동 주민자치회",
        "sample": False,
        "parts": [
            Facts([("때", "5월 12일(화) 19:00"), ("곳", "주민센터 3층")]),
            Heading("안건"),
            Text("쌍받침 값 앉다 뷁.\n두 번째 문단입니다."),
            Points(["사전투표", "현장투표"], numbered=True),
            Heading("표결", level=3),
            Table(
                heads=["안", "찬성"],
                rows=[["밝은 담장", "27명"], ["꽃밭", "21명"]],
                numbers={1},
                caption="표결 결과",
                foot=["모두", "48명"],
            ),
            Picture(green(), alt="초록 담장", caption="담장 그림"),
            PageBreak(),
            Text("붙임"),
        ],
        **given,
    }
    return Paper(**options)


def words(pdf):
    """Its text with single spaces: where lines break does not matter."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture(scope="module")
def pdf():
    return minutes().pdf()


@pytest.mark.parametrize(
    "said",
    [
        "제3차 정기회의 회의록",
        "주민센터 3층",
        "쌍받침 값 앉다 뷁.",
        "현장투표",
        "밝은 담장",
        "48명",
        "붙임",
    ],
)
def test_everything_said_can_be_found_in_the_pdf(pdf, said):
    assert said in words(pdf)


def test_every_page_carries_the_number_and_the_date(pdf):
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == 2
    for page in pages:
        assert "행복동-2026-017" in page.extract_text()
        assert "2026. 5. 12." in page.extract_text()


def test_a_screen_reader_finds_its_way(pdf):
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "ko-KR"
    assert reader.metadata.title == "제3차 정기회의 회의록"
    assert b"pdfuaid:part" in reader.trailer["/Root"]["/Metadata"].get_data()


def test_the_same_paper_is_the_same_bytes_and_another_is_not(pdf):
    assert minutes().pdf() == pdf
    assert minutes(publisher="다른 주민자치회").pdf() != pdf


def test_nothing_anybody_typed_is_read_as_markup():
    paper = minutes(
        title=MARKUP,
        parts=[
            Heading(MARKUP),
            Text(MARKUP),
            Points([MARKUP]),
            Facts([(MARKUP, MARKUP)]),
            Table(heads=[MARKUP, "나"], rows=[[MARKUP, MARKUP]], caption=MARKUP),
            Picture(green(), alt=MARKUP, caption=MARKUP),
        ],
    )
    assert words(paper.pdf()).count('#panic("x") *굵게*') >= 9
    assert "<b>굵게</b>" not in paper.html()
    assert paper.html().count("#panic(&quot;x&quot;)") >= 9


def test_a_sign_that_no_font_has_does_not_keep_people_from_their_paper():
    pdf = minutes(parts=[Text("고맙습니다 🎉 \U0001fae0")]).pdf()
    assert "고맙습니다" in words(pdf)


def test_a_paper_of_the_demo_says_so_on_every_page():
    pages = PdfReader(io.BytesIO(minutes(sample=True).pdf())).pages
    assert all("시범" in page.extract_text().replace("\n", "") for page in pages)
    assert "지어낸 것입니다" in minutes(sample=True).html()
    assert "지어낸 것입니다" not in minutes().html()


def test_the_demo_marks_its_papers_by_itself(settings):
    settings.DEMO = True
    assert Paper(title="가", on=date(2026, 1, 1), publisher="나", parts=[]).sample


def test_the_page_shows_the_same_paper():
    html = minutes().html()
    assert html.count("<h1>") == 1
    for said in (
        "쌍받침 값 앉다 뷁.",
        'data-label="찬성" class="num">27명',
        'alt="초록 담장"',
        "48명",
    ):
        assert said in html


def test_a_long_table_goes_on_with_its_heads_on_every_page():
    rows = [[f"{number}안", "1명"] for number in range(1, 101)]
    paper = minutes(parts=[Table(heads=["안건 이름", "찬성"], rows=rows)])
    pages = PdfReader(io.BytesIO(paper.pdf())).pages
    assert len(pages) == 3
    assert all("안건 이름" in page.extract_text() for page in pages)


def test_a_table_with_a_cell_too_few_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="1 cells under 2 heads"):
        Table(heads=["가", "나"], rows=[["하나"]])


def test_a_tall_picture_stays_within_its_page():
    assert Picture(green(100, 1000), alt="").width_mm == 11
    assert Picture(green(1000, 100), alt="").width_mm == 166


def test_the_answer_is_a_download_under_the_papers_name():
    answer = minutes().answer()
    assert answer["Content-Type"] == "application/pdf"
    assert "attachment" in answer["Content-Disposition"]
    assert answer.content.startswith(b"%PDF-")


def test_a_hundred_pages_are_set_within_seconds():
    parts = [part for number in range(100) for part in (Text(f"쪽 {number} " * 50), PageBreak())]
    pages = PdfReader(io.BytesIO(minutes(parts=parts).pdf())).pages
    assert len(pages) == 100


def test_a_korean_word_is_not_broken_in_a_narrow_column():
    table = Table(
        heads=["이름", "비고"], rows=[["공원", "주민참여예산위원회에서 다시 논의하기로"]] * 9
    )
    [page] = PdfReader(io.BytesIO(minutes(parts=[table], title="표").pdf())).pages
    narrow = Table(heads=["가"] * 8, rows=[["나눔", *["논의하기로"] * 7]])
    [thin] = PdfReader(io.BytesIO(minutes(parts=[narrow], title="표").pdf())).pages
    assert "논의하기로" in page.extract_text()
    assert thin.extract_text().count("논의하기로") == 7
