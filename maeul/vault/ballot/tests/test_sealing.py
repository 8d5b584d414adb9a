"""What a ballot says, to the byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maeul.vault.ballot import manifest, sealing
from maeul.vault.ballot.tests import frozen

MANIFEST = manifest.read(frozen.raw())
GOOD = f"{MANIFEST.chain0.hex()}\n전체\nq1=3,7\nq2=\n".encode()


def said(text: bytes):
    return sealing.parse(MANIFEST, "전체", sealing.pad(text, MANIFEST.plaintext_bytes))


def test_a_ballot_is_written_in_the_manifests_order_and_ascending():
    plaintext = sealing.compose(MANIFEST, "전체", {"q1": [7, 3]})
    assert sealing.unpad(plaintext) == GOOD
    assert len(plaintext) == 256


def test_a_style_gets_its_own_questions_only():
    plaintext = sealing.compose(MANIFEST, "통", {"q1": [1], "q2": [1]})
    assert sealing.unpad(plaintext).endswith("통\nq1=1\n".encode())


def test_what_was_written_is_read_again():
    assert said(GOOD) == {"q1": (3, 7), "q2": ()}


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace(b"3,7", b"7,3"),
        GOOD.replace(b"3,7", b"3,3"),
        GOOD.replace(b"3,7", b"3,,7"),
        GOOD.replace(b"3,7", b"03,7"),
        GOOD.replace(b"3,7", b"+3,7"),
        GOOD.replace(b"3,7", b" 3,7"),
        GOOD.replace(b"3,7", "３,7".encode()),
        GOOD.replace(b"3,7", b"3>7"),
        GOOD.replace(b"3,7", b"3,99"),
        GOOD.replace(b"3,7", b"0"),
        GOOD.replace(b"q2=\n", b""),
        GOOD.replace(b"q2=\n", b"q2=\nq3=1\n"),
        GOOD.replace(b"q1=3,7\nq2=\n", b"q2=\nq1=3,7\n"),
        GOOD.replace(b"\n", b"\r\n"),
        GOOD[:-1],
        GOOD + b"\n",
        GOOD.replace("전체".encode(), "통".encode()),
        b"00" * 32 + GOOD[64:],
        GOOD.upper(),
        b"\xff" + GOOD,
        b"",
    ],
)
def test_any_other_text_is_invalid_for_every_question(text):
    assert said(text) is None


def test_a_broken_limit_is_invalid_for_its_question_alone():
    text = GOOD.replace(b"3,7", b"1,2,3,4").replace(b"q2=", b"q2=2")
    assert said(text) == {"q1": None, "q2": (2,)}


@pytest.mark.parametrize(("numbers", "good"), [([1, 2], True), ([1, 2, 3], False)])
def test_both_edges_of_how_many(numbers, good):
    plaintext = sealing.compose(MANIFEST, "전체", {"q2": numbers})
    assert (sealing.parse(MANIFEST, "전체", plaintext)["q2"] is not None) is good


@pytest.mark.parametrize(("limit", "good"), [(1000, True), (999, False)])
def test_both_edges_of_what_one_ballot_may_cost(limit, good):
    questions = frozen.content()["questions"]
    questions[0]["ballot_limit"] = limit
    limited = manifest.read(frozen.raw(questions=questions))
    plaintext = sealing.compose(limited, "전체", {"q1": [3, 7]})
    assert (sealing.parse(limited, "전체", plaintext)["q1"] is not None) is good


@pytest.mark.parametrize("padded", [b"", b"\x00" * 256, GOOD + b"\x80\x01", GOOD.ljust(256, b"\0")])
def test_padding_that_is_not_by_the_book_is_invalid(padded):
    assert sealing.parse(MANIFEST, "전체", padded) is None


@given(st.sets(st.integers(1, 11), max_size=3), st.sets(st.integers(1, 3), max_size=2))
def test_every_ballot_within_its_limits_comes_back_as_it_was(one, two):
    plaintext = sealing.compose(MANIFEST, "전체", {"q1": list(one), "q2": list(two)})
    assert sealing.parse(MANIFEST, "전체", plaintext) == {
        "q1": tuple(sorted(one)),
        "q2": tuple(sorted(two)),
    }


@given(st.binary(max_size=256))
def test_no_bytes_at_all_break_the_reader(noise):
    sealing.parse(MANIFEST, "전체", noise)


def test_one_key_alone_opens_nothing():
    sealed = frozen.sealed(MANIFEST, q1=[1])
    outer, inner = frozen.KEYS
    assert sealing.unseal(sealed, inner) is None
    once = sealing.unseal(sealed, outer)
    assert GOOD[:64] not in once
    assert sealing.unseal(once, outer) is None
    assert sealing.unseal(once, inner) is not None


def test_every_sealed_ballot_has_one_length_and_no_two_are_equal():
    sealed = [frozen.sealed(MANIFEST, q1=numbers) for numbers in ([], [1], [1], [9, 10, 11])]
    assert {len(each) for each in sealed} == {256 + sealing.SEAL_BYTES}
    assert len(set(sealed)) == 4


def test_a_longest_ballot_fits_into_the_frozen_length():
    questions = frozen.content()["questions"]
    questions[0]["options"] = [
        {"number": number, "title": "", "cost": 1} for number in range(1, 201)
    ]
    questions[0]["at_most"] = 200
    shape = manifest.read(frozen.raw(questions=questions))
    length = manifest.plaintext_bytes_for(shape.questions, shape.styles)
    assert length % 256 == 0
    grown = manifest.read(frozen.raw(questions=questions, plaintext_bytes=length))
    everything = {"q1": range(1, 201), "q2": [1, 2, 3]}
    assert len(sealing.compose(grown, "전체", everything)) == length
