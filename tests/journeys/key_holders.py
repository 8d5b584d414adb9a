"""Two key holders, each at a computer of their own with the file that was handed out.

They do in its window what `maeul.vault.ballot.holders` plays without one, and a journey can take
either.  Only the work of turning a passphrase into a key is made less, so that nobody waits.
"""

from hashlib import sha256

from maeul.vault.ballot import keys
from maeul.vault.ballot.tests.test_opener import run
from tests.browser import DESKTOP, axe

QUICKLY = """() => {
    const protect = holders.protect, strength = { operations: 1, memory: 8 << 20 };
    holders.protect = (pair, holder, words) => protect(pair, holder, words, strength);
}"""
HOLDERS = {"first": "보관인 가", "second": "보관인 나"}


class KeyHolders:
    """Their key files, and the sealed copies with the keepers, lie in `folder`."""

    def __init__(self, stage, folder):
        self.folder, self._new_page, self._windows = folder, stage.new_page, {}
        folder.mkdir()
        self.page = folder / "maeul-holders.html"
        self._checked = set()
        self.read_aloud = ""  # the hash of the list, before the keys are brought out
        somebody = stage.comes("minsu")
        somebody.goes("/votes/holders/")
        self.page.write_bytes(somebody.takes("파일 받기"))
        somebody.reads(sha256(self.page.read_bytes()).hexdigest())
        self.keys = {who: f"{who}.key" for who in HOLDERS}
        self.copies = {who: f"{who}-copy.key" for who in HOLDERS}

    def locks(self):
        """Each makes a key, seals its copy for a keeper, and tells the public key."""
        for who, name in HOLDERS.items():
            self._make(who, name)
            self._copy(who)
        files = [(self.folder / file).read_bytes() for file in self.keys.values()]
        return [(keys.holder_of(file), keys.public_key_of(file)) for file in files]

    def rehearse(self, file, *, with_copies):
        (self.folder / "rehearsal.json").write_bytes(file)
        window = self._at("first", "예행연습 하기")
        window.get_by_label("1. 연습 파일").set_input_files(self.folder / "rehearsal.json")
        self._give_keys(window, self.copies if with_copies else self.keys, "first", "second")
        window.get_by_role("button", name="열어 보기").click()
        self._done(window, "열렸습니다")
        return window.locator("[data-word]").inner_text()

    def loses(self, who):
        """The key is gone; its keeper brings the sealed copy."""
        (self.folder / self.keys[who]).unlink()
        self.keys[who] = self.copies[who]

    def open(self, parcel, *, head):
        """On one computer with the command line, on another with the file; both results."""
        (self.folder / "opening.zip").write_bytes(parcel)
        return [self._by_command(head), self._by_file(head)]

    # One act each

    def _make(self, who, name):
        window = self._at(who, "열쇠 만들기")
        window.get_by_label("1. 보관인의 이름").fill(name)
        self._new_passphrase(window, "make", self.keys[who])
        window.locator('[data-act="make"] .button').click()
        self._done(window, "열쇠를 만들었습니다")
        self._save(window, "열쇠 파일 저장하기", self.keys[who])

    def _copy(self, who):
        window = self._at(who, "봉해 둘 사본 만들기")
        self._give_keys(window, {who: self.keys[who]}, "copy")
        self._new_passphrase(window, "copy", self.copies[who])
        window.get_by_role("button", name="사본 만들기", exact=True).click()
        self._done(window, "사본을 만들었습니다")
        self._save(window, "사본 저장하기", self.copies[who])

    def _by_command(self, head):
        files = [part for file in self.keys.values() for part in ("--key", file)]
        done = run(
            self.folder, "open", "opening.zip", *files, "--out", "opened.json",
            "--head", head, "--list", self.read_aloud,
            passphrases=map(words_for, self.keys.values()),
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return (self.folder / "opened.json").read_bytes()

    def _by_file(self, head):
        window = self._at("opening", "표 열기")
        window.context.set_offline(True)
        window.get_by_label("와이파이와 블루투스를 끄고").check()
        window.get_by_label("두 보관인과 참관인이").check()
        window.get_by_label("2. 개표 묶음").set_input_files(self.folder / "opening.zip")
        shown = window.locator("[data-parcel] .fingerprint span").all_inner_texts
        window.locator("[data-parcel]").wait_for()
        assert "".join(shown()) == self.read_aloud
        window.get_by_label("모두 같습니다").check()
        window.get_by_label("3. 게시판의 마감 값").fill(head)
        self._give_keys(window, self.keys, "open-first", "open-second")
        window.locator('[data-act="open"] .button-next').click()
        self._done(window, "표를 열었습니다")
        return self._save(window, "결과 파일 저장하기", "opened-file.json")

    # In a window

    def _at(self, computer, act):
        """The file is opened from the disk, and this button of it pressed."""
        if computer not in self._windows:
            self._windows[computer] = self._new_page(DESKTOP, accept_downloads=True)
        window = self._windows[computer]
        window.goto(self.page.as_uri())
        window.get_by_role("heading", name="무엇을 하시겠습니까?").wait_for()
        window.evaluate(QUICKLY)
        window.get_by_role("button", name=act).first.click()
        self._look(window, act)
        return window

    def _new_passphrase(self, window, act, file):
        window.locator(f"#{act}-new").fill(words_for(file))
        window.locator(f"#{act}-again").fill(words_for(file))

    def _give_keys(self, window, files, *fields):
        for field, file in zip(fields, files.values(), strict=True):
            window.locator(f"#{field}-key").set_input_files(self.folder / file)
            window.locator(f"#{field}-words").fill(words_for(file))

    def _done(self, window, heading):
        window.get_by_role("heading", name=heading).wait_for()
        self._look(window, heading)

    def _look(self, window, state):
        """Each state once."""
        if state not in self._checked:
            self._checked.add(state)
            axe(window)

    def _save(self, window, name, file):
        with window.expect_download() as download:
            window.get_by_role("link", name=name, exact=True).click()
        download.value.save_as(self.folder / file)
        return (self.folder / file).read_bytes()


def words_for(file):
    """Every key file and every copy has a passphrase of its own."""
    return f"words that open {file}"
