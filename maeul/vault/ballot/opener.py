"""The key holders' program for the command line: make a key pair, rehearse, open the ballots.

It runs on the holders' own computer, without the site, its database or a network:

    python -m maeul.vault.ballot.opener --help
"""

import argparse
import io
import sys
from base64 import b64decode, b64encode
from getpass import getpass
from gettext import gettext as _
from hashlib import sha256
from json import dumps, loads
from pathlib import Path
from secrets import token_hex
from zipfile import BadZipFile, ZipFile

from nacl.public import PrivateKey

from . import keys, manifest, opening, sealing

REHEARSAL_FORMAT = "maeul-rehearsal-1"

EXAMPLES = _("""\
차례

  1. 열쇠를 만듭니다. 두 사람이 저마다 자기 컴퓨터에서 합니다.
       python -m maeul.vault.ballot.opener keys --holder "첫째 보관인" --out first.key
  2. 사본을 만들어 다른 사람에게 봉해 맡깁니다. 사본의 비밀말은 따로 정합니다.
       python -m maeul.vault.ballot.opener copy first.key --out first-copy.key
  3. 예행연습 파일을 열고, 나온 낱말을 선거관리인에게 알려 줍니다.
       python -m maeul.vault.ballot.opener rehearse rehearsal.json --key first.key --key second.key
  4. 투표가 끝난 뒤, 통신을 끈 컴퓨터에서 함께 엽니다.
       python -m maeul.vault.ballot.opener open opening.zip --head 게시판의-마지막-값 \\
           --key first.key --key second.key --out opened.json
""")

SENTENCES = {
    "list_of_another_election": _("목록이 이 투표의 것이 아닙니다. 받은 묶음을 확인해 주세요."),
    "not_a_list": _("목록 파일을 읽을 수 없습니다. 묶음을 다시 받아 주세요."),
    "list_not_by_tracker": _("목록이 번호 차례가 아니거나 같은 표가 두 번 있습니다."),
    "unknown_style": _("목록에 이 투표에 없는 투표지 종류가 있습니다."),
    "key_missing": _("이 자물쇠에 맞는 열쇠가 없습니다. 두 보관인의 열쇠를 모두 넣어 주세요:"),
    "broken_board": _("게시판이 이어지지 않습니다. 열지 말고 선거관리인에게 알려 주세요:"),
    "another_head": _(
        "게시판의 마지막 값이 적어 둔 값과 다릅니다. 열지 말고 선거관리인에게 알려 주세요."
    ),
    "wrong_tracker": _("번호가 봉투와 맞지 않는 표가 있습니다:"),
    "not_on_the_board": _("게시판에 없는 표가 목록에 있습니다:"),
    "not_a_result": _("개표 결과 파일이 아닙니다:"),
}


class Stop(Exception):
    """A sentence for the holder; nothing was written."""


def main(arguments: list[str] | None = None) -> int:
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        if given.passphrases is not None:
            given.passphrases = given.passphrases.read_text().splitlines()
        given.run(given)
    except (Stop, opening.CannotOpen, manifest.BadManifest, OSError) as problem:
        print(_sentence(problem), file=sys.stderr)
        return 1
    return 0


def make_keys(given: argparse.Namespace) -> None:
    _refuse_to_overwrite(given.out)
    key = PrivateKey.generate()
    _write_secret(given.out, _protected(key, given.holder, given, _("새 비밀말")))
    print(_("열쇠를 만들었습니다:"), given.out)
    print(_("공개 열쇠 (선거관리인에게 알려 줍니다):"), bytes(key.public_key).hex())


def make_copy(given: argparse.Namespace) -> None:
    _refuse_to_overwrite(given.out)
    content = given.file.read_bytes()
    [key] = _unlocked([given.file], given.passphrases)
    _write_secret(given.out, _protected(key, keys.holder_of(content), given, _("사본의 비밀말")))
    print(_("사본을 만들었습니다:"), given.out)


def show(given: argparse.Namespace) -> None:
    content = given.file.read_bytes()
    try:
        print(_("보관인:"), keys.holder_of(content))
        print(_("공개 열쇠:"), keys.public_key_of(content).hex())
    except keys.BadKeyFile as error:
        raise Stop(_("열쇠 파일이 아니거나 망가졌습니다.")) from error


def rehearse(given: argparse.Namespace) -> None:
    private_keys = _unlocked(given.key, given.passphrases)
    print(_("예행연습 낱말:"), open_rehearsal(given.file.read_bytes(), private_keys))


def open_all(given: argparse.Namespace) -> None:
    _refuse_to_overwrite(given.out)
    parcel = _parcel(given.parcel)
    list_hash = sha256(parcel["list.jsonl"]).hexdigest()
    print(_("투표:"), manifest.read(parcel["manifest.json"]).title)
    print(_("목록의 지문:"), list_hash)
    if given.list is None:
        answer = input(_("소리 내어 읽은 지문과 같습니까? 같으면 '예'라고 적어 주세요: "))
        if answer.strip() != _("예"):
            raise Stop(_("지문을 확인하지 않아 열지 않았습니다."))
    elif given.list.lower() != list_hash:
        raise Stop(_("목록의 지문이 읽어 준 값과 다릅니다. 열지 않았습니다."))
    result = opening.open_ballots(
        manifest_bytes=parcel["manifest.json"],
        list_bytes=parcel["list.jsonl"],
        board_bytes=parcel["board.jsonl"],
        head=_hex(given.head),
        private_keys=_unlocked(given.key, given.passphrases),
    )
    content = opening.write_result(result)
    given.out.write_bytes(content)
    print(_("연 표:"), result["ballots"])
    print(_("같은 표라서 세지 않은 것:"), result["equal"])
    print(_("읽을 수 없는 것:"), result["unreadable"])
    print(_("결과 파일:"), given.out)
    print(_("결과의 지문:"), sha256(content).hexdigest())


def write_rehearsal(locks: list[bytes], word: str) -> bytes:
    """A mock ballot that only both keys open; it says nothing but a word."""
    sealed = b64encode(sealing.seal(word.encode(), locks)).decode()
    return (dumps({"format": REHEARSAL_FORMAT, "sealed": sealed}) + "\n").encode()


def new_word() -> str:
    return token_hex(4)


def open_rehearsal(content: bytes, private_keys: list[PrivateKey]) -> str:
    try:
        fields = loads(content)
        if fields["format"] != REHEARSAL_FORMAT:
            raise ValueError(fields["format"])
        sealed = b64decode(fields["sealed"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Stop(_("예행연습 파일이 아닙니다.")) from error
    for outer, inner in (private_keys, private_keys[::-1]):
        once = sealing.unseal(sealed, outer)
        word = once and sealing.unseal(once, inner)
        if word:
            return str(word, "utf-8")
    raise Stop(_("이 두 열쇠로는 열리지 않습니다. 등록한 공개 열쇠와 같은 열쇠인지 확인해 주세요."))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m maeul.vault.ballot.opener",
        description=_("투표 열쇠 보관인의 프로그램: 열쇠를 만들고, 예행연습을 하고, 표를 엽니다."),
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--passphrases",
        type=Path,
        help=_("비밀말을 묻지 않고 이 파일에서 한 줄에 하나씩, 쓰이는 차례로 읽습니다 (시범용)"),
    )
    parser.add_argument("--quick", action="store_true", help=argparse.SUPPRESS)
    acts = parser.add_subparsers(required=True, metavar="keys|copy|show|rehearse|open")

    act = acts.add_parser("keys", help=_("열쇠 한 쌍을 만듭니다"))
    act.add_argument("--holder", required=True, help=_("보관인의 이름"))
    act.add_argument("--out", type=Path, required=True, help=_("만들 열쇠 파일"))
    act.set_defaults(run=make_keys)

    act = acts.add_parser("copy", help=_("다른 비밀말로 사본을 만듭니다"))
    act.add_argument("file", type=Path)
    act.add_argument("--out", type=Path, required=True, help=_("만들 사본 파일"))
    act.set_defaults(run=make_copy)

    act = acts.add_parser("show", help=_("열쇠 파일의 보관인과 공개 열쇠를 보여 줍니다"))
    act.add_argument("file", type=Path)
    act.set_defaults(run=show)

    act = acts.add_parser("rehearse", help=_("예행연습 표를 엽니다"))
    act.add_argument("file", type=Path)
    act.add_argument("--key", type=Path, action="append", required=True, help=_("열쇠 파일, 두 번"))
    act.set_defaults(run=rehearse)

    act = acts.add_parser("open", help=_("두 열쇠로 모든 표를 엽니다"))
    act.add_argument("parcel", type=Path, help=_("누리집에서 받은 묶음 또는 그것을 푼 폴더"))
    act.add_argument("--key", type=Path, action="append", required=True, help=_("열쇠 파일, 두 번"))
    act.add_argument("--head", required=True, help=_("투표가 끝났을 때 적어 둔 게시판의 마지막 값"))
    act.add_argument("--list", help=_("소리 내어 읽은 목록의 지문"))
    act.add_argument("--out", type=Path, required=True, help=_("만들 결과 파일"))
    act.set_defaults(run=open_all)
    return parser


def _sentence(problem: Exception) -> str:
    if isinstance(problem, opening.CannotOpen):
        return f"{SENTENCES[problem.code]} {problem.detail}".strip()
    if isinstance(problem, manifest.BadManifest):
        return _("투표 명세(manifest.json)를 읽을 수 없습니다. 묶음을 다시 받아 주세요.")
    if isinstance(problem, OSError):
        return _("파일을 열거나 쓸 수 없습니다: %s") % problem.filename
    return str(problem)


def _parcel(path: Path) -> dict[str, bytes]:
    names = ("manifest.json", "board.jsonl", "list.jsonl")
    if path.is_dir():
        return {name: (path / name).read_bytes() for name in names}
    try:
        with ZipFile(io.BytesIO(path.read_bytes())) as parcel:
            return {name: parcel.read(name) for name in names}
    except (BadZipFile, KeyError) as error:
        raise Stop(
            _("묶음에 명세, 게시판, 목록이 다 들어 있지 않습니다. 다시 받아 주세요.")
        ) from error


def _unlocked(files: list[Path], passphrases: list[str] | None) -> list[PrivateKey]:
    found = []
    for file in files:
        content = file.read_bytes()
        try:
            question = f"{keys.holder_of(content)} {_('비밀말')}: "
            found.append(keys.unlock(content, _passphrase(question, passphrases)))
        except keys.WrongPassphrase as error:
            raise Stop(_("비밀말이 맞지 않습니다: %s") % file) from error
        except keys.BadKeyFile as error:
            raise Stop(_("열쇠 파일이 아니거나 망가졌습니다: %s") % file) from error
    return found


def _protected(key: PrivateKey, holder: str, given: argparse.Namespace, question: str) -> bytes:
    passphrase = _passphrase(f"{question}: ", given.passphrases)
    if len(passphrase) < keys.SHORTEST_PASSPHRASE:
        raise Stop(_("비밀말은 %s자 이상으로 정해 주세요.") % keys.SHORTEST_PASSPHRASE)
    if given.passphrases is None and getpass(_("한 번 더: ")) != passphrase:
        raise Stop(_("두 비밀말이 다릅니다. 처음부터 다시 해 주세요."))
    strength = keys.Strength(operations=2, memory=64 << 20) if given.quick else None
    return keys.protect(key, holder=holder, passphrase=passphrase, strength=strength)


def _passphrase(question: str, ready: list[str] | None) -> str:
    if ready is None:
        return getpass(question)
    if not ready:
        raise Stop(_("비밀말 파일에 줄이 모자랍니다."))
    return ready.pop(0)


def _refuse_to_overwrite(path: Path) -> None:
    if path.exists():
        raise Stop(_("이미 있는 파일이라 덮어쓰지 않았습니다: %s") % path)


def _write_secret(path: Path, content: bytes) -> None:
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(content)


def _hex(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise Stop(_("마지막 값은 0~9와 a~f로 된 예순네 글자입니다.")) from error


if __name__ == "__main__":
    sys.exit(main())
