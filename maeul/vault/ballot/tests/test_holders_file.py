"""The key holders' file against the command line's program: the same files in, the same out."""

import json
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nacl.public import PrivateKey, PublicKey, SealedBox

from maeul.vault.ballot import (
    board,
    bundling,
    holders,
    keys,
    manifest,
    offline,
    opener,
    opening,
    sealing,
)
from maeul.vault.ballot.tests import frozen
from tests.browser import axe, screenshot

QUICK = keys.Strength(operations=1, memory=8 << 20)
WORDS = ("first passphrase", "둘째 보관인의 비밀말 열두 글자")
RAW = frozen.raw()
MANIFEST = manifest.read(RAW)


@dataclass(frozen=True)
class Parcel:
    """What holders carry to their computer, and what was read aloud."""

    files: dict
    head: bytes

    @property
    def packed(self):
        return bundling.pack(self.files)

    @property
    def list_hash(self):
        return sha256(self.files["list.jsonl"]).hexdigest()

    def opened_by_command(self):
        return opening.open_ballots(
            manifest_bytes=self.files["manifest.json"],
            list_bytes=self.files["list.jsonl"],
            board_bytes=self.files["board.jsonl"],
            head=self.head,
            private_keys=frozen.KEYS,
        )


def parcel_of(envelopes, *, raw=RAW, on_board=None):
    """`envelopes`: pairs of a style and sealed bytes; `on_board`: those the board knows."""
    chain0 = sha256(raw).digest()
    unique = {sealing.tracker_of(sealed): (style, sealed) for style, sealed in envelopes}
    lines = [opening.Line(style, style, tracker, each) for tracker, (style, each) in unique.items()]
    leaves = sorted(map(sealing.tracker_of, on_board) if on_board is not None else unique)
    batches, head = [], chain0
    for number, part in enumerate(filter(None, (leaves[::2], leaves[1::2])), 1):
        head = board.next_head(head, part)
        batches.append(board.Batch(number, tuple(part), head))
    files = {
        "manifest.json": raw,
        "board.jsonl": board.write(chain0, batches),
        "list.jsonl": opening.write_list(chain0, lines),
    }
    return Parcel(files, head)


# What may lie in a box

STYLES = st.sampled_from(["전체", "전체", "전체", "통"])
CHOICES = st.lists(st.integers(1, 11), max_size=5, unique=True)
CHAIN0 = MANIFEST.chain0.hex()
TEXTS = st.sampled_from(
    [
        "",
        "q1=1\n",
        f"{'00' * 32}\n전체\nq1=1\nq2=\n",  # another election
        f"{CHAIN0}\n통\nq1=1\n",  # another style, where the line says 전체
        f"{CHAIN0}\n전체\nq1=12\nq2=\n",  # an option nobody offered
        f"{CHAIN0}\n전체\nq1=3,1\nq2=\n",  # not ascending
        f"{CHAIN0}\n전체\nq1=1,1\nq2=\n",  # twice
        f"{CHAIN0}\n전체\nq1=01\nq2=\n",
        f"{CHAIN0}\n전체\nq1= 1\nq2=\n",
        f"{CHAIN0}\n전체\nq1=1_0\nq2=\n",
        f"{CHAIN0}\n전체\nq1=１\nq2=\n",  # a wide digit
        f"{CHAIN0}\n전체\nq1=-1\nq2=\n",
        f"{CHAIN0}\n전체\nq1=1e1\nq2=\n",
        f"{CHAIN0}\n전체\nq1={'9' * 120}\nq2=\n",
        f"{CHAIN0}\n전체\nq2=1\nq1=1\n",  # another order
        f"{CHAIN0}\n전체\nq1=1\nq2=1\nq3=1\n",
        f"{CHAIN0}\n전체\nq1=1\nq2=1",
        f"{CHAIN0}\r\n전체\r\nq1=1\r\nq2=1\r\n",
        f"\ufeff{CHAIN0}\n전체\nq1=1\nq2=1\n",
        f"{CHAIN0}\n전체\nq1=1=2\nq2=1\n",
        f"{CHAIN0.upper()}\n전체\nq1=1\nq2=1\n",
    ]
)


@st.composite
def ballots(draw):
    """One envelope, or many alike in what they say."""
    kind = draw(st.sampled_from(["said", "said", "crowd", "text", "raw", "noise", "swapped"]))
    style = draw(STYLES)
    if kind in ("said", "crowd"):
        choices = {"q1": draw(CHOICES), "q2": draw(st.lists(st.integers(1, 3), unique=True))}
        times = draw(st.sampled_from([18, 19, 20, 21])) if kind == "crowd" else 1
        return [(style, frozen.sealed(MANIFEST, style, **choices)) for _ in range(times)]
    if kind == "text":
        return [(style, frozen.sealed_text(MANIFEST, draw(TEXTS).encode()))]
    if kind == "raw":  # of any length, and not always text
        inside = draw(st.sampled_from([b"", b"\x80", b"\xff" * 256, bytes(256), b"a" * 512]))
        return [(style, sealing.seal(inside, MANIFEST.locks))]
    if kind == "swapped":
        inside = sealing.compose(MANIFEST, style, {})
        return [(style, sealing.seal(inside, MANIFEST.locks[::-1]))]
    return [(style, draw(st.binary(min_size=0, max_size=352)))]


@st.composite
def parcels(draw):
    envelopes = [each for some in draw(st.lists(ballots(), max_size=8)) for each in some]
    for place in draw(st.lists(st.integers(0, 200), max_size=4)):
        if envelopes:  # somebody locks again what was inside
            style, sealed = envelopes[place % len(envelopes)]
            inside = sealing.unseal(sealed, frozen.KEYS[0])
            if inside is not None:
                copy = SealedBox(PublicKey(MANIFEST.locks[0])).encrypt(inside)
                envelopes.append((draw(st.sampled_from([style, "통"])), copy))
    return parcel_of(envelopes)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The file, on a disk."""
    path = tmp_path_factory.mktemp("holders") / "maeul-holders.html"
    path.write_bytes(offline.holders_file())
    return path


@pytest.fixture
def window(desktop, page):
    """The file, opened from the disk in a browser."""
    desktop.goto(page.as_uri())
    desktop.get_by_role("heading", name="무엇을 하시겠습니까?").wait_for()
    return desktop


OPEN_MANY = """parcels => parcels.map(({ packed, head, pairs }) => {
  const { from_base64, base64_variants } = vendored.sodium;
  const bytes = (text) => from_base64(text, base64_variants.ORIGINAL);
  const keys = pairs.map((pair) => ({
    publicKey: holders.unhex(pair.publicKey), privateKey: holders.unhex(pair.privateKey),
  }));
  try {
    return holders.openAll({ ...holders.unpack(bytes(packed)), head, pairs: keys });
  } catch (error) {
    return { code: error.code || String(error) };
  }
})"""


def opened_in(window, given):
    pairs = [
        {"publicKey": bytes(key.public_key).hex(), "privateKey": bytes(key).hex()}
        for key in frozen.KEYS
    ]
    return window.evaluate(
        OPEN_MANY,
        [
            {"packed": b64encode(each.packed).decode(), "head": each.head.hex(), "pairs": pairs}
            for each in given
        ],
    )


@pytest.mark.browser
def test_both_programs_open_alike_whatever_lies_in_the_box(window):
    seen = {"equal": 0, "unreadable": 0, "cells": set()}

    @settings(
        max_examples=3,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        deadline=None,
    )
    @given(st.lists(parcels(), min_size=20, max_size=20))
    def alike(given):
        for parcel, found in zip(given, opened_in(window, given), strict=True):
            command = parcel.opened_by_command()
            file = opening.read_result(json.dumps(found).encode())
            assert opening.same_outcome(command, file), (command, file)
            assert command["unreadable"] == file["unreadable"]
            assert file["program"] == opening.HOLDERS_FILE
            seen["equal"] += file["equal"]
            seen["unreadable"] += file["unreadable"]
            seen["cells"] |= {cell for cells in file["questions"].values() for cell in cells}

    alike()
    # The drawing reached what it was made for.
    assert seen["equal"] > 3
    assert seen["unreadable"] > 40
    assert seen["cells"] == {"전체", "통", "합계"}


def ranked_and_scored():
    """A manifest whose first question is ranked, whose second is given points."""
    ranked, scored = frozen.content()["questions"]
    ranked |= {
        "rule": "borda", "marking": "rank", "parameters": {"seats": 1, "worths": [3, 2, 1]},
    }  # fmt: skip
    limits = {"seats": 1, "each_at_most": 5, "total_at_most": 7}
    scored |= {"rule": "score", "marking": "score", "parameters": limits}
    return frozen.raw(questions=[ranked, scored])


RANKS = st.one_of(
    st.lists(st.integers(1, 12), max_size=5).map(lambda order: ">".join(map(str, order))),
    st.text("0137>,: ", max_size=6),
)
POINTS = st.one_of(
    st.dictionaries(st.integers(1, 4), st.integers(0, 6), max_size=3).map(
        lambda points: ",".join(f"{n}:{given}" for n, given in sorted(points.items()))
    ),
    st.text("0123:,>１", max_size=9),
)


@pytest.mark.browser
def test_both_programs_read_ranks_and_points_alike(window):
    raw = ranked_and_scored()
    shape = manifest.read(raw)
    good = []

    @settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(st.lists(st.tuples(RANKS, POINTS), min_size=80, max_size=80))
    def alike(lines):
        texts = [f"{shape.chain0.hex()}\n전체\nq1={a}\nq2={b}\n" for a, b in lines]
        envelopes = [("전체", frozen.sealed_text(shape, text.encode())) for text in texts]
        parcel = parcel_of(envelopes, raw=raw)
        [found] = opened_in(window, [parcel])
        command = parcel.opened_by_command()
        file = opening.read_result(json.dumps(found).encode())
        assert opening.same_outcome(command, file), (command, file)
        assert command["unreadable"] == file["unreadable"]
        for key, cells in command["questions"].items():
            good.extend((key, answer) for answer in cells["전체"]["opened"] if answer)

    alike()
    assert {key for key, _answer in good} == {"q1", "q2"}


@pytest.mark.browser
def test_both_refuse_what_does_not_fit(window):
    one, other = (frozen.sealed(MANIFEST, q1=[n]) for n in (1, 2))
    fine = parcel_of([("전체", one)])
    broken = fine.files["board.jsonl"].replace(b'"batch":1', b'"batch":2')
    wrong = opening.Line("전체", "전체", sealing.tracker_of(one), other)
    refused = {
        "another_head": Parcel(fine.files, bytes(32)),
        "not_on_the_board": parcel_of([("전체", one), ("전체", other)], on_board=[one]),
        "broken_board": Parcel(fine.files | {"board.jsonl": broken}, fine.head),
        "wrong_tracker": Parcel(
            fine.files | {"list.jsonl": opening.write_list(MANIFEST.chain0, [wrong])}, fine.head
        ),
        "list_of_another_election": Parcel(
            fine.files | {"list.jsonl": opening.write_list(bytes(32), [])}, fine.head
        ),
        "not_a_list": Parcel(fine.files | {"list.jsonl": b"{}\n[\n"}, fine.head),
        "list_not_by_tracker": Parcel(
            fine.files
            | {"list.jsonl": fine.files["list.jsonl"] + fine.files["list.jsonl"].splitlines()[1]},
            fine.head,
        ),
        "unknown_style": parcel_of([("동네", one)]),
        "key_missing": parcel_of(
            [], raw=frozen.raw(locks=[{"holder": "나", "public_key": "22" * 32}] * 2)
        ),
    }
    found = opened_in(window, list(refused.values()))
    assert [each.get("code") for each in found] == list(refused)
    for code, parcel in refused.items():
        with pytest.raises(opening.CannotOpen) as error:
            parcel.opened_by_command()
        assert error.value.code == code


def test_its_scripts_run_without_a_window_too(tmp_path):
    """As the demo plays them: both programs are there where no browser is."""
    envelopes = [("전체", frozen.sealed(MANIFEST, q1=[n])) for n in (1, 2, 2)]
    parcel = parcel_of(envelopes)
    files = key_files(tmp_path)
    asked = {"key_files": files, "words": WORDS, "head": parcel.head.hex()}
    content = holders.open_by_file(offline.holders_file(), parcel.packed, **asked)
    assert opening.same_outcome(opening.read_result(content), parcel.opened_by_command())
    with pytest.raises(holders.OpenerFailed, match="wrong_passphrase"):
        holders.open_by_file(
            offline.holders_file(), parcel.packed, **asked | {"words": ("x" * 12, WORDS[1])}
        )


# Key files


def key_files(folder):
    """Both holders' keys, as the command line's program writes them."""
    paths = []
    for name, key, words in zip(("first", "second"), frozen.KEYS, WORDS, strict=True):
        path = folder / f"{name}.key"
        path.write_bytes(keys.protect(key, holder=name, passphrase=words, strength=QUICK))
        paths.append(path)
    return paths


IN_THE_FILE = {
    "protect": """([secret, words]) => {
      const privateKey = holders.unhex(secret);
      const publicKey = vendored.sodium.crypto_scalarmult_base(privateKey);
      const strength = { operations: 1, memory: 8 << 20 };
      return new TextDecoder().decode(
        holders.protect({ publicKey, privateKey }, "보관인", words, strength));
    }""",
    "unlock": """([file, words]) => {
      try { return holders.hex(holders.unlock(new TextEncoder().encode(file), words).privateKey); }
      catch (error) { return error.code; }
    }""",
}
KOREAN = "봄비 기와집 나루터 열세"


@pytest.mark.browser
def test_key_files_pass_from_one_program_to_the_other_and_back(window):
    key = PrivateKey.generate()
    content = window.evaluate(IN_THE_FILE["protect"], [bytes(key).hex(), KOREAN])
    assert bytes(keys.unlock(content.encode(), KOREAN)) == bytes(key)
    assert keys.public_key_of(content.encode()) == bytes(key.public_key)
    assert keys.holder_of(content.encode()) == "보관인"
    assert bytes(key).hex() not in content

    back = keys.protect(key, holder="보관인", passphrase=KOREAN, strength=QUICK).decode()
    assert window.evaluate(IN_THE_FILE["unlock"], [back, KOREAN]) == bytes(key).hex()
    assert window.evaluate(IN_THE_FILE["unlock"], [back, "another passphrase"]) == (
        "wrong_passphrase"
    )
    other = back.replace(bytes(key.public_key).hex(), "11" * 32)
    assert window.evaluate(IN_THE_FILE["unlock"], [other, KOREAN]) == "bad_key_file"
    for broken in ("", "[]", "null", "{}", "[" * 60_000, back[:-20]):
        assert window.evaluate(IN_THE_FILE["unlock"], [broken, KOREAN]) == "bad_key_file"


@pytest.mark.browser
def test_letters_put_together_otherwise_are_the_same_passphrase(window):
    from unicodedata import normalize

    key = PrivateKey.generate()
    apart, whole = normalize("NFD", KOREAN), normalize("NFC", KOREAN)
    assert apart != whole
    content = window.evaluate(IN_THE_FILE["protect"], [bytes(key).hex(), apart])
    assert bytes(keys.unlock(content.encode(), whole)) == bytes(key)
    back = keys.protect(key, holder="x", passphrase=apart, strength=QUICK).decode()
    assert window.evaluate(IN_THE_FILE["unlock"], [back, whole]) == bytes(key).hex()


# In the window, step by step


def saved(window, name):
    with window.expect_download() as download:
        window.get_by_role("link", name=name, exact=True).click()
    return download.value.path().read_bytes()


@pytest.mark.browser
def test_a_holder_makes_a_key_and_its_copy_and_rehearses(new_page, page, tmp_path):
    window = new_page({"width": 1280, "height": 900}, accept_downloads=True)
    window.goto(page.as_uri())
    axe(window)
    screenshot(window, "holders-file-home-1280")
    window.get_by_role("button", name="열쇠 만들기").click()
    window.get_by_label("1. 보관인의 이름").fill("김보관")
    window.locator("#make-new").fill("열한글자열한글자열한글")
    window.locator("#make-again").fill("열한글자열한글자열한글")
    window.locator('[data-act="make"] .button').click()
    assert window.get_by_role("alert").inner_text().startswith("비밀말은 열두 글자 이상")
    window.locator("#make-new").fill(WORDS[1])
    window.locator('[data-act="make"] .button').click()
    assert "두 비밀말이 다릅니다" in window.get_by_role("alert").inner_text()
    window.locator("#make-again").fill(WORDS[1])
    window.locator('[data-act="make"] .button').click()
    window.get_by_role("heading", name="열쇠를 만들었습니다").wait_for(timeout=30_000)
    axe(window)
    screenshot(window, "holders-file-made-1280")
    made = saved(window, "열쇠 파일 저장하기")
    public = "".join(window.locator("[data-public] span").all_inner_texts())
    assert keys.public_key_of(made).hex() == public
    assert public in saved(window, "공개 열쇠 파일 저장하기").decode()
    key = keys.unlock(made, WORDS[1])

    (tmp_path / "made.key").write_bytes(made)
    window.get_by_role("button", name="봉해 둘 사본").click()
    window.get_by_label("1. 내 열쇠 파일", exact=True).set_input_files(tmp_path / "made.key")
    window.locator("#copy-words").fill(WORDS[1])
    window.locator("#copy-new").fill("the copy's own words")
    window.locator("#copy-again").fill("the copy's own words")
    window.get_by_role("button", name="사본 만들기", exact=True).click()
    window.get_by_role("heading", name="사본을 만들었습니다").wait_for(timeout=30_000)
    copy = saved(window, "사본 저장하기")
    assert bytes(keys.unlock(copy, "the copy's own words")) == bytes(key)
    assert window.locator("#copy-words").input_value() == ""

    second = key_files(tmp_path)[1]
    (tmp_path / "copy.key").write_bytes(copy)
    locks = [bytes(key.public_key), bytes(frozen.KEYS[1].public_key)]
    (tmp_path / "rehearsal.json").write_bytes(opener.write_rehearsal(locks, "abcd1234"))
    window.get_by_role("button", name="처음으로").locator("visible=true").click()
    window.get_by_role("button", name="예행연습 하기").click()
    window.get_by_label("1. 연습 파일").set_input_files(tmp_path / "rehearsal.json")
    window.get_by_label("2. 첫째 보관인의 열쇠 파일").set_input_files(second)
    window.locator("#first-words").fill(WORDS[1])
    window.get_by_label("3. 둘째 보관인의 열쇠 파일").set_input_files(tmp_path / "copy.key")
    window.locator("#second-words").fill("the copy's own words")
    window.get_by_role("button", name="열어 보기").click()
    window.get_by_role("heading", name="열렸습니다").wait_for(timeout=30_000)
    assert window.locator("[data-word]").inner_text() == "abcd1234"


@pytest.fixture
def at_the_opening(new_page, page, tmp_path):
    """A window in which the parcel of 700 ballots was chosen and the computer is quiet."""
    envelopes = [("전체", frozen.sealed(MANIFEST, q1=[1 + n % 11])) for n in range(700)]
    parcel = parcel_of(envelopes)
    (tmp_path / "opening.zip").write_bytes(parcel.packed)
    files = key_files(tmp_path)

    def begin(viewport, **options):
        window = new_page(viewport, accept_downloads=True, **options)
        window.goto(page.as_uri())
        window.context.set_offline(True)
        window.get_by_role("button", name="표 열기").first.press("Enter")
        window.get_by_label("와이파이와 블루투스를 끄고").check()
        window.get_by_label("두 보관인과 참관인이").check()
        window.get_by_label("2. 개표 묶음").set_input_files(tmp_path / "opening.zip")
        window.locator("[data-parcel]").wait_for()
        return window

    begin.parcel, begin.files = parcel, files
    return begin


def give_keys(window, files, words=WORDS):
    for name, file, word in zip(("open-first", "open-second"), files, words, strict=True):
        window.locator(f"#{name}-key").set_input_files(file)
        window.locator(f"#{name}-words").fill(word)
    window.locator('[data-act="open"] .button-next').click()


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_two_holders_open_the_parcel(at_the_opening, width, scheme):
    window = at_the_opening({"width": width, "height": 900}, color_scheme=scheme)
    parcel = at_the_opening.parcel
    shown = "".join(window.locator("[data-parcel] .fingerprint span").all_inner_texts())
    assert shown == parcel.list_hash
    axe(window)
    screenshot(window, f"holders-file-parcel-{width}-{scheme}")
    window.get_by_label("모두 같습니다").check()
    window.get_by_label("3. 게시판의 마감 값").fill(parcel.head.hex(" ", 4))
    give_keys(window, at_the_opening.files)
    window.get_by_role("heading", name="표를 열었습니다").wait_for(timeout=30_000)
    axe(window)
    screenshot(window, f"holders-file-opened-{width}-{scheme}")
    sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert window.evaluate(sideways) <= 0
    content = saved(window, "결과 파일 저장하기")
    result = opening.read_result(content)
    assert opening.same_outcome(result, parcel.opened_by_command())
    told = "".join(window.locator("[data-result] span").all_inner_texts())
    assert told == sha256(content).hexdigest()
    assert window.locator("#open-first-words").input_value() == ""


@pytest.mark.browser
def test_what_does_not_fit_is_said_and_nothing_is_opened(at_the_opening):
    window = at_the_opening({"width": 1280, "height": 900})
    window.get_by_label("다릅니다").check()
    assert window.get_by_text("열지 마세요.").is_visible()
    assert window.locator("#open-head").is_hidden()
    window.get_by_label("모두 같습니다").check()
    head = window.get_by_label("3. 게시판의 마감 값")
    head.fill("0" * 63)
    assert window.locator("#open-first-key").is_hidden()
    assert window.get_by_text("예순네 글자 가운데 63글자").is_visible()
    alert = window.get_by_role("alert")
    for change, sentence in [
        ({"head": "0" * 64}, "적어 둔 값과 다릅니다"),
        ({"head": "x" * 64}, "0~9와 a~f로 된"),
        ({"words": ("wrong wrong wrong", WORDS[1])}, "비밀말이 맞지 않습니다"),
        ({"files": [at_the_opening.files[0]] * 2, "words": (WORDS[0],) * 2}, "맞지 않는 열쇠"),
    ]:
        head.fill(change.get("head", at_the_opening.parcel.head.hex()))
        files = change.get("files", at_the_opening.files)
        give_keys(window, files, change.get("words", WORDS))
        alert.wait_for()
        assert sentence in alert.inner_text()
        assert window.get_by_role("heading", name="표를 열었습니다").is_hidden()


@pytest.mark.browser
def test_its_policy_lets_it_fetch_nothing(window, complaints, live_server):
    tried = """async (address) => {
      try { await fetch(address, { mode: "no-cors" }); return "went out"; }
      catch { return "held back"; }
    }"""
    assert window.evaluate(tried, live_server.url) == "held back"
    assert any("Content Security Policy" in line for line in complaints)
    complaints.clear()


def test_the_same_parts_give_the_same_file_and_nothing_in_it_comes_from_elsewhere():
    content = offline.holders_file()
    offline.holders_file.cache_clear()
    assert offline.holders_file() == content
    page = content.decode().split("<script")[0] + content.decode().rsplit("</script>", 1)[1]
    assert "http:" not in page
    assert "https:" not in page
    assert "connect-src" not in page
    assert "default-src 'none'" in page
