"""Opening: what comes out, and what is refused before anything does."""

import random
import time

import pytest

from maeul.vault.ballot import manifest, opening, sealing
from maeul.vault.ballot.tests import frozen

RAW = frozen.raw()
MANIFEST = manifest.read(RAW)


def ballots(*choices, style="전체"):
    return [(style, frozen.sealed(MANIFEST, style, **each)) for each in choices]


def refused(code):
    return pytest.raises(opening.CannotOpen, check=lambda error: error.code == code)


def cells(result, key):
    return {
        cell: (sorted(map(tuple, content["opened"])), content["invalid"])
        for cell, content in result["questions"][key].items()
    }


def test_ballots_come_out_per_question_without_their_trackers():
    envelopes = ballots({"q1": [1, 2], "q2": [1]}, {"q1": [], "q2": [1, 2]})
    result = frozen.opened(RAW, envelopes)
    assert cells(result, "q1") == {"전체": ([(), (1, 2)], 0)}
    assert cells(result, "q2") == {"전체": ([(1,), (1, 2)], 0)}
    assert (result["ballots"], result["equal"], result["unreadable"]) == (2, 0, 0)
    printed = opening.write_result(result)
    for _style, sealed in envelopes:
        assert sealing.tracker_of(sealed).hex().encode() not in printed


def test_all_but_one_of_equal_ballots_are_invalid_though_their_envelopes_differ():
    """Whoever holds the outer lock could lock a copy again; the copy would show the original."""
    [(_, original)] = ballots({"q1": [4]})
    inside = sealing.unseal(original, frozen.KEYS[0])
    copies = [_outer(inside) for _ in range(15)]
    others = ballots(*[{"q1": [1]}] * 5)
    result = frozen.opened(RAW, [("전체", each) for each in [original, *copies]] + others)
    assert result["equal"] == 15
    opened, invalid = cells(result, "q1")["전체"]
    assert opened.count((4,)) == 1
    assert invalid == 15


def _outer(inside):
    from nacl.public import PublicKey, SealedBox

    return SealedBox(PublicKey(MANIFEST.locks[0])).encrypt(inside)


@pytest.mark.parametrize(
    "text",
    [b"", b"q1=1\n", f"{'00' * 32}\n전체\nq1=1\nq2=\n".encode(),
     f"{MANIFEST.chain0.hex()}\n통\nq1=1\n".encode()],
)  # fmt: skip
def test_another_text_another_election_or_another_style_is_invalid(text):
    result = frozen.opened(RAW, [("전체", frozen.sealed_text(MANIFEST, text))])
    assert result["unreadable"] == 1
    assert cells(result, "q1") == {"전체": ([], 1)}


def test_bytes_that_no_key_opens_are_invalid_not_an_end():
    noise = [("전체", bytes([n]) * 352) for n in range(2)]
    swapped = sealing.seal(sealing.compose(MANIFEST, "전체", {}), MANIFEST.locks[::-1])
    result = frozen.opened(RAW, [*noise, ("전체", swapped)])
    assert result["unreadable"] == 3
    assert cells(result, "q2") == {"전체": ([], 3)}


def test_a_broken_limit_spoils_one_question_and_is_not_called_unreadable():
    result = frozen.opened(RAW, ballots({"q1": [1, 2, 3, 4], "q2": [1]}))
    assert cells(result, "q1") == {"전체": ([], 1)}
    assert cells(result, "q2") == {"전체": ([(1,)], 0)}
    assert result["unreadable"] == 0


@pytest.mark.parametrize(("small", "apart"), [(19, False), (20, True)])
def test_a_cell_under_twenty_is_merged_with_all_others(small, apart):
    """Both edges; merged with all, so that nothing can be found by subtraction."""
    big = ballots(*[{"q1": [1 + n % 3]} for n in range(30)])
    few = ballots(*[{"q1": [1 + n % 3]} for n in range(small)], style="통")
    result = frozen.opened(RAW, big + few)
    assert set(result["questions"]["q1"]) == ({"전체", "통"} if apart else {"합계"})
    assert set(result["questions"]["q2"]) == {"전체"}


def test_a_cell_of_one_mind_is_merged():
    big = ballots(*[{"q1": [1 + n % 3]} for n in range(30)])
    unanimous = ballots(*[{"q1": [2]}] * 25, style="통")
    assert set(frozen.opened(RAW, big + unanimous)["questions"]["q1"]) == {"합계"}


def test_a_unanimous_whole_is_published_as_it_is():
    result = frozen.opened(RAW, ballots(*[{"q1": [2]}] * 3))
    assert cells(result, "q1") == {"전체": ([(2,)] * 3, 0)}


def test_the_order_of_what_comes_out_is_not_the_order_of_the_list():
    envelopes = ballots(*[{"q1": [1 + n % 11], "q2": [1 + n % 3]} for n in range(60)])
    one = frozen.opened(RAW, envelopes, random=random.Random(1))
    other = frozen.opened(RAW, envelopes, random=random.Random(2))
    assert one["questions"]["q1"]["전체"]["opened"] != other["questions"]["q1"]["전체"]["opened"]
    assert opening.same_outcome(one, other)
    both = zip(
        one["questions"]["q1"]["전체"]["opened"],
        one["questions"]["q2"]["전체"]["opened"],
        strict=True,
    )
    still_together = sum((first[0] - 1) % 3 == second[0] - 1 for first, second in both)
    assert still_together < 60


def test_no_ballots_at_all_is_a_result_too():
    assert frozen.opened(RAW, [])["questions"] == {"q1": {}, "q2": {}}


def test_either_order_of_the_keys_opens():
    result = frozen.opened(RAW, ballots({"q1": [1]}), private_keys=frozen.KEYS[::-1])
    assert result["unreadable"] == 0


def test_one_key_twice_opens_nothing():
    with refused("key_missing"):
        frozen.opened(RAW, ballots({"q1": [1]}), private_keys=[frozen.KEYS[0]] * 2)


def test_a_ballot_that_is_not_on_the_board_is_refused():
    frozen_board = frozen.opened(RAW, ballots({"q1": [1]}))
    envelopes = ballots({"q1": [2]})
    line = opening.Line("전체", "전체", sealing.tracker_of(envelopes[0][1]), envelopes[0][1])
    with refused("not_on_the_board"):
        frozen.opened(
            RAW,
            ballots({"q1": [1]}),
            list_bytes=opening.write_list(MANIFEST.chain0, [line]),
        )
    assert frozen_board["ballots"] == 1


def test_a_tracker_that_is_not_the_envelopes_is_refused():
    [(_, one)], [(_, other)] = ballots({"q1": [1]}), ballots({"q1": [2]})
    line = opening.Line("전체", "전체", sealing.tracker_of(one), other)
    with refused("wrong_tracker"):
        frozen.opened(
            RAW,
            [("전체", one), ("전체", other)],
            list_bytes=opening.write_list(MANIFEST.chain0, [line]),
        )


def test_another_head_than_the_one_noted_is_refused():
    with refused("another_head"):
        frozen.opened(RAW, ballots({"q1": [1]}), head=bytes(32))


def test_a_list_of_another_election_is_refused():
    with refused("list_of_another_election"):
        frozen.opened(RAW, [], list_bytes=opening.write_list(bytes(32), []))


@pytest.mark.parametrize("content", [b"", b"[]\n", b"\xff", b"{}\n", b"[" * 60_000])
def test_something_that_is_no_list_is_refused(content):
    with pytest.raises(opening.CannotOpen):
        frozen.opened(RAW, [], list_bytes=content)


@pytest.mark.parametrize(
    "change",
    [
        {"format": "other"},
        {"head": "00"},
        {"ballots": -1},
        {"equal": True},
        {"questions": []},
        {"questions": {"q1": {"전체": {"invalid": 0, "opened": [[[2, 1, 3]]]}}}},
        {"questions": {"q1": {"전체": {"invalid": 0, "opened": [["1"]]}}}},
    ],
)
def test_a_result_of_another_shape_is_refused(change):
    import json

    result = frozen.opened(RAW, ballots({"q1": [1]}))
    with refused("not_a_result"):
        opening.read_result(json.dumps(result | change).encode())


@pytest.mark.proof
def test_fifty_thousand_ballots_are_opened_within_a_minute():
    envelopes = ballots(*[{"q1": [1 + n % 11]} for n in range(50_000)])
    began = time.monotonic()
    assert frozen.opened(RAW, envelopes)["ballots"] == 50_000
    assert time.monotonic() - began < 60
