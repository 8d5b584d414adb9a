"""Sheets people bring: every problem with its line; sheets people take: nothing runs in them."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maeul.core import sheet
from maeul.core.sheet import BadCell, Problems, SheetErrors, read

KOREAN = '동,인원\r\n독산1동,"1,200"\r\n가산동,7\r\n'


def problems(data, **kwargs):
    with pytest.raises(SheetErrors) as caught:
        read(data, **{"heads": ["동", "인원"], **kwargs})
    return [(problem.line, problem.reason) for problem in caught.value.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_a_sheet_is_read_however_it_was_saved(encoding):
    rows = read(KOREAN.encode(encoding), heads=["동", "인원"])
    assert [(row.line, row["동"], row.number("인원")) for row in rows] == [
        (2, "독산1동", 1200),
        (3, "가산동", 7),
    ]


@pytest.mark.parametrize("separator", ["\t", ";"])
def test_other_separators_are_seen_from_the_first_line(separator):
    data = KOREAN.replace('"1,200"', "1200").replace(",", separator).encode()
    assert [row["인원"] for row in read(data, heads=["인원"])] == ["1200", "7"]


def test_a_file_object_is_read_like_bytes():
    assert len(read(io.BytesIO(KOREAN.encode()), heads=["동"])) == 2


def test_columns_nobody_asked_for_are_ignored_and_optional_ones_may_be_missing():
    [row] = read("메모,동\n글,가산동\n".encode(), heads=["동"], optional=["인원", "메모"])
    assert dict(row.cells) == {"동": "가산동", "메모": "글"}


def test_a_missing_column_is_named_together_with_those_that_are_there():
    [(line, reason)] = problems("동,명\n가산동,3\n".encode())
    assert line == 1
    assert "‘인원’" in reason
    assert "‘명’" in reason


def test_a_column_that_is_there_twice_is_refused():
    assert "두 번" in problems("동,인원,동\n가,1,나\n".encode())[0][1]


def test_every_formula_is_found_with_its_line():
    data = "동,인원\n=1+1,3\n가산동,5\n\n@sum,+82 10\n".encode()
    assert [line for line, _ in problems(data)] == [2, 5, 5]


def test_a_number_below_zero_is_no_formula():
    [row] = read("동,인원\n가산동,-3\n".encode(), heads=["인원"])
    assert row["인원"] == "-3"


def test_lines_are_counted_as_the_editor_counts_them():
    data = '동,인원\n"두\n줄",1\n나,=2\n'.encode()
    assert [line for line, _ in problems(data)] == [4]


def test_a_line_with_more_cells_than_heads_is_refused():
    assert "칸이 많습니다" in problems("동,인원\n가,1,남는 말\n".encode())[0][1]
    assert read("동,인원\n가,1,\n".encode(), heads=["동"])


def test_a_quote_that_never_closes_is_told():
    assert "따옴표" in problems('동,인원\n가,"1\n나,2\n'.encode())[0][1]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "비어 있습니다"),
        ("동,인원\n\n".encode(), "내용이 없습니다"),
        (b"PK\x03\x04rest", "CSV UTF-8"),
        ("동,인원\n가,1\n".encode("utf-16"), "UTF-8로 다시"),
        (b"\xff\xfe\xfa\x80,", "UTF-8로 다시"),
        ("동,인원\n가\0,1".encode(), "UTF-8로 다시"),
    ],
)
def test_what_is_no_sheet_is_told_what_to_do(data, word):
    [(line, reason)] = problems(data)
    assert line == 0
    assert word in reason


def test_a_sheet_of_exactly_twenty_megabytes_is_read_and_one_byte_more_is_not():
    head = "동,인원\n".encode()
    row = b"a" * 59 + b",123\n"
    data = head + row * ((sheet.MAX_BYTES - len(head)) // len(row))
    data += b"\n" * (sheet.MAX_BYTES - len(data))
    assert len(data) == sheet.MAX_BYTES
    assert read(data, heads=["동"])
    assert "20 MB" in problems(data + b"\n")[0][1]


def test_problems_of_cells_are_gathered_to_the_end_of_the_sheet():
    data = "동,인원,날\n가,둘,2026-05-14\n,3,2026-02-30\n나,4,2026.5.1\n".encode()
    rows = read(data, heads=["동", "인원", "날"])
    found = Problems()
    for row in rows:
        with found.of(row):
            row.text("동"), row.number("인원"), row.day("날")
    assert [problem.line for problem in found.found] == [2, 3]
    with pytest.raises(SheetErrors) as caught:
        found.raise_if_any()
    assert caught.value.sentences[0].startswith("2번째 줄:")


def test_a_flood_of_problems_ends_with_a_sentence():
    data = ("동,인원\n" + "=a,1\n" * (sheet.MOST_PROBLEMS + 100)).encode()
    found = problems(data)
    assert len(found) == sheet.MOST_PROBLEMS + 1
    assert "살펴보지 않았습니다" in found[-1][1]


@pytest.mark.parametrize("written", ["2026-05-14", "2026.5.14.", "2026/05/14", "20260514"])
def test_days_are_read_as_offices_write_them(written):
    [row] = read(f"날\n{written}\n".encode(), heads=["날"])
    assert row.day("날") == date(2026, 5, 14)


@pytest.mark.parametrize("written", ["2026-13-01", "어제", "14.5.2026"])
def test_what_is_no_day_is_refused(written):
    [row] = read(f"날\n{written}\n".encode(), heads=["날"])
    with pytest.raises(BadCell, match="날짜가 아닙니다"):
        row.day("날")


def test_words_have_a_longest_length():
    [row] = read(f"말\n{'가' * 5}\n".encode(), heads=["말"])
    assert row.text("말", longest=5) == "가" * 5
    with pytest.raises(BadCell, match="4자까지"):
        row.text("말", longest=4)


@pytest.mark.parametrize("value", ["=HYPERLINK(1)", "+1+1", "-1+1", "@x", "\tx"])
def test_nothing_a_resident_typed_runs_in_a_spreadsheet(value):
    assert sheet.write(["말"], [[value]]).decode("utf-8-sig").splitlines()[1].lstrip('"')[0] == "'"


def test_a_download_carries_its_mark_and_its_korean_name():
    answer = sheet.download("의제 목록", ["동", "날"], [["가산동", date(2026, 5, 14)]])
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "filename*=utf-8''%EC%9D%98" in answer["Content-Disposition"]
    assert answer.content.decode("utf-8-sig") == "동,날\r\n가산동,2026-05-14\r\n"


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=5))
def test_no_cell_of_any_sheet_we_write_is_a_formula(rows):
    text = sheet.write(["가", "나"], rows).decode("utf-8-sig")
    read_back = list(csv.reader(io.StringIO(text, newline="")))
    assert not any(sheet.is_formula(cell) for row in read_back for cell in row)
