"""The small program anybody can run finds whatever is wrong with a bundle."""

import io
import json
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from zipfile import ZipFile

import pytest
from django.urls import reverse

from maeul.vault.ballot import actions, bundling, verify
from maeul.vault.ballot.tests import factories
from tests.browser import axe, screenshot

pytestmark = pytest.mark.django_db


@pytest.fixture
def bundle(at):
    """Two questions, four ballots, one of them blank, counted and published."""
    election = factories.frozen(
        at=at,
        electors=factories.walk_ins(6),
        questions=(factories.budget_question, factories.yes_no_question),
    )
    said = [{"q1": [1, 3], "q2": [1]}, {"q1": [2]}, {"q1": [2, 3], "q2": [1]}, {"q2": [2]}]
    for number, (elector, choices) in enumerate(
        zip(election.electors.order_by("number"), said, strict=False)
    ):
        factories.cast(election, elector, at=at, **choices)
        if number == 1:
            actions.append_batch(election=election)
    closed = factories.closed(election)
    return factories.published(factories.counted(factories.opened(closed)))


@pytest.fixture
def files(bundle):
    with ZipFile(io.BytesIO(bytes(bundle.bundle.content))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def summed_up(files):
    """Whoever forges a file also forges the list of hashes."""
    rest = {name: content for name, content in files.items() if name != "SHA256SUMS"}
    with ZipFile(io.BytesIO(bundling.pack(rest))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def verdict(files, **noted):
    """What the program says: the fault, or None."""
    try:
        list(verify.check(files, **noted))
    except (verify.Wrong, KeyError, ValueError) as wrong:
        return str(wrong)
    return None


def test_an_honest_bundle_passes(files):
    assert verdict(summed_up(files)) is None


def change_json(name, change):
    def changed(files):
        content = json.loads(files[name])
        change(content)
        return files | {name: json.dumps(content).encode()}

    return changed


def change_text(name, old, new):
    def changed(files):
        assert old in files[name], f"nothing to change in {name}"
        return files | {name: files[name].replace(old, new, 1)}

    return changed


def drop_leaf(files):
    lines = [json.loads(line) for line in files["board.jsonl"].splitlines()]
    lines[-1]["leaves"].pop()
    return files | {"board.jsonl": "".join(json.dumps(line) + "\n" for line in lines).encode()}


def drop_leaf_and_go_on(files):
    """Drop a ballot from the first batch and make all later heads fit again."""
    lines = [json.loads(line) for line in files["board.jsonl"].splitlines()]
    lines[1]["leaves"].pop()
    head = bytes.fromhex(lines[0]["head"])
    for line in lines[1:]:
        head = sha256(head + b"".join(map(bytes.fromhex, line["leaves"]))).digest()
        line["head"] = head.hex()
    board = "".join(json.dumps(line) + "\n" for line in lines).encode()
    acts = files["acts.jsonl"].replace(files["heads/closing.txt"].strip(), head.hex().encode())
    heads = dict.fromkeys(("heads/closing.txt", "heads/last.txt"), f"{head.hex()}\n".encode())
    return files | {"board.jsonl": board, "acts.jsonl": acts} | heads


def earlier_closing(files):
    """As if the last batch had come after closing."""
    head = json.loads(files["board.jsonl"].splitlines()[1])["head"]
    return files | {"heads/closing.txt": f"{head}\n".encode()}


def drop_act(files):
    lines = files["acts.jsonl"].splitlines(keepends=True)
    kept = [line for line in lines if b"confirmed_publication" not in line]
    return files | {"acts.jsonl": b"".join([*kept, lines[-2]])}


def vote_more(content):
    content["questions"]["q1"]["votes"]["1"] += 1


def swap_winners(content):
    content["questions"]["q1"]["winners"] = [1]


def count(key, name, by):
    def changed(content):
        content["questions"][key][name] += by

    return change_json("reconciliation.json", changed)


def drop_second_program(files):
    """As if one program had opened alone."""
    lines = [json.loads(line) for line in files["acts.jsonl"].splitlines()]
    brought = [line for line in lines if line["act"] == "brought_opening"]
    lines.remove(brought[-1])
    return files | {"acts.jsonl": bundling.as_lines(lines)}


MUTANTS = {
    "a dropped leaf": drop_leaf,
    "an option renamed": change_text("manifest.json", "그늘 의자".encode(), "다른 의자".encode()),
    "a limit raised": change_text("manifest.json", b'"at_most": 3', b'"at_most": 4'),
    "one vote more in the result": change_json("result.json", vote_more),
    "another winner": change_json("result.json", swap_winners),
    "another seed": change_json("result.json", lambda content: content.update(tie_seed="10")),
    "one choice more": change_text("ballots.csv", b"q1,", "q1,전체,1\nq1,".encode()),
    "one choice fewer": change_text("ballots.csv", "q1,전체,2\n".encode(), b""),
    "a choice exchanged": change_text("ballots.csv", "q1,전체,2".encode(), "q1,전체,1".encode()),
    "a choice that is not on the ballot": change_text(
        "ballots.csv", "q1,전체,2".encode(), "q1,전체,7".encode()
    ),
    "a question nobody asked": change_text("ballots.csv", b"q2,", b"q3,"),
    "one valid ballot more": count("q1", "valid", 1),
    "a blank ballot gone": count("q1", "blank", -1),
    "more participants than ballots": change_json(
        "reconciliation.json", lambda content: content["participants"].update(online=5)
    ),
    "another roll": change_json("reconciliation.json", lambda content: content.update(roll=7)),
    "a failed equation": change_json(
        "reconciliation.json", lambda content: content["equations"][0].update(left=0)
    ),
    "an earlier closing head": earlier_closing,
    "another last head": lambda files: files | {"heads/last.txt": b"00" * 32},
    "another closing head": lambda files: files | {"heads/closing.txt": b"00" * 32},
    "another list": lambda files: files | {"list.sha256": b"00" * 32 + b"  list.jsonl\n"},
    "one officer alone": drop_act,
    "one program alone": drop_second_program,
    "one program twice": lambda files: (
        files
        | {
            "acts.jsonl": files["acts.jsonl"].replace(
                b"maeul.holders.html", b"maeul.vault.ballot.opener"
            )
        }
    ),
    "a file gone": lambda files: {k: v for k, v in files.items() if k != "acts.jsonl"},
    "nothing in a file": lambda files: files | {"result.json": b""},
}


@pytest.mark.parametrize("what", MUTANTS)
def test_whatever_was_changed_is_found_though_its_hash_fits(files, what):
    assert verdict(summed_up(MUTANTS[what](files)))


def test_a_file_that_is_not_the_one_listed_is_found(files):
    assert verdict(files | {"ballots.csv": files["ballots.csv"] + b"\n"})
    assert verdict(files | {"more.txt": b"x"})


def test_a_board_made_anew_is_found_by_whoever_wrote_down_a_head(files, bundle):
    forged = summed_up(drop_leaf_and_go_on(files))
    noted = bytes(bundle.board.get(batch=2, leaf=last_leaf(bundle)).head).hex()
    assert verdict(files, heads=[noted]) is None
    assert "이 게시판에 없습니다" in verdict(forged, heads=[noted])


def test_a_ballot_dropped_from_the_board_is_found_by_its_elector(files, bundle):
    dropped = json.loads(files["board.jsonl"].splitlines()[1])["leaves"][-1]
    assert verdict(files, trackers=[dropped]) is None
    forged = summed_up(drop_leaf_and_go_on(files))
    assert "게시판에 없습니다" in verdict(forged, trackers=[dropped])


def last_leaf(election):
    return max(
        bytes(leaf) for leaf in election.board.filter(batch=2).values_list("leaf", flat=True)
    )


def test_it_runs_without_anything_installed_and_says_what_is_wrong(files, tmp_path):
    for name, content in (files | {"result.json": b"{}"}).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.startswith("틀림: result.json")


# The same check in a browser

CHECK = """async (bundles) => {
  await vendored.sodium.ready;
  const { check } = makeCheck(vendored);
  const { from_base64, base64_variants } = vendored.sodium;
  return bundles.map(({ zip, heads, trackers }) => {
    try { return check(from_base64(zip, base64_variants.ORIGINAL), heads, trackers); }
    catch (error) { return error.message; }
  });
}"""


def zipped(files):
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def in_browser(check_page, *bundles, heads=(), trackers=()):
    """What the page says of each: sentences, or the fault."""
    given = [
        {"zip": b64encode(zipped(files)).decode(), "heads": list(heads), "trackers": list(trackers)}
        for files in bundles
    ]
    return check_page.evaluate(CHECK, given)


@pytest.mark.browser
def test_the_browser_finds_in_every_changed_bundle_what_the_program_finds(
    files, bundle, check_page
):
    [said] = in_browser(check_page, files)
    assert isinstance(said, list), said
    assert any("다시 세었습니다. 선정 " in sentence for sentence in said)
    found = in_browser(check_page, *[summed_up(change(files)) for change in MUTANTS.values()])
    missed = [what for what, said in zip(MUTANTS, found, strict=True) if isinstance(said, list)]
    assert missed == []
    [unlisted, more] = in_browser(
        check_page,
        files | {"ballots.csv": files["ballots.csv"] + b"\n"},
        files | {"more.txt": b"x"},
    )
    assert "SHA256SUMS에 적힌 파일이 아닙니다" in unlisted
    assert "SHA256SUMS의 목록이 묶음의 파일과 다릅니다" in more
    noted = bytes(bundle.board.get(batch=2, leaf=last_leaf(bundle)).head).hex()
    dropped = json.loads(files["board.jsonl"].splitlines()[1])["leaves"][-1]
    forged = summed_up(drop_leaf_and_go_on(files))
    honest = in_browser(check_page, files, heads=[noted], trackers=[dropped])
    assert f"내 표가 게시판에 있습니다: {dropped}" in honest[0]
    assert "이 게시판에 없습니다" in in_browser(check_page, forged, heads=[noted])[0]
    assert "게시판에 없습니다" in in_browser(check_page, forged, trackers=[dropped])[0]


@pytest.mark.browser
@pytest.mark.parametrize("rule", ["equal_shares", "phragmen"])
def test_what_only_the_program_can_count_again_is_said(at, check_page, rule):
    from maeul.vault.ballot.tests.test_whole_ballots import shared_vote

    election = shared_vote(at, rule=rule)
    with ZipFile(io.BytesIO(bytes(election.bundle.content))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    [said] = in_browser(check_page, files)
    assert any("verify.py와 python -m decide" in sentence for sentence in said), said
    less = change_text("ballots.csv", 'q1,전체,"1,2"\n'.encode(), b"")(files)
    assert "고른 수" in in_browser(check_page, summed_up(less))[0]


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_somebody_checks_a_bundle_on_the_own_device(
    files, live_server, new_page, tmp_path, width, scheme
):
    """Served by the site, under a content policy that lets nothing out."""
    (tmp_path / "bundle.zip").write_bytes(zipped(files))
    (tmp_path / "forged.zip").write_bytes(zipped(files | {"result.json": b"{}"}))
    page = new_page({"width": width, "height": 900}, color_scheme=scheme)
    page.goto(live_server.url + reverse("ballot:verify_page"))
    page.get_by_role("button", name="확인하기").click()
    assert page.get_by_role("alert").inner_text() == "먼저 묶음을 골라 주세요."
    page.get_by_label("1. 묶음").set_input_files(tmp_path / "forged.zip")
    page.get_by_role("button", name="확인하기").press("Enter")
    page.get_by_text("틀림: result.json: SHA256SUMS에 적힌 파일이 아닙니다").wait_for()
    axe(page)
    page.get_by_label("1. 묶음").set_input_files(tmp_path / "bundle.zip")
    page.get_by_role("button", name="확인하기").click()
    page.get_by_role("heading", name="모두 맞습니다").wait_for()
    axe(page)
    screenshot(page, f"verify-page-{width}-{scheme}")
    sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(sideways) <= 0
