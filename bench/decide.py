"""How fast `decide` counts, beside pabutools, on the same files in the same process.

`make bench-decide`: both see every real election; winners must be the same, or the difference is
told with its reason.  Times are seconds of the processor, reading stated apart; ours are the
median of at least three, the peer's single where one takes minutes.  Whole commands are timed by
the clock, from a cold start.
"""

import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from pathlib import Path
from statistics import median

from pabutools.election import Cardinality_Sat, Cost_Sat, parse_pabulib
from pabutools.rules import (
    greedy_utilitarian_welfare,
    method_of_equal_shares,
    sequential_phragmen,
)

from bench.report import Goal, at_least, at_most, table, tell
from decide.budgeting.outcome import Outcome
from decide.budgeting.profile import Profile
from decide.budgeting.reading import read
from decide.budgeting.rules import RULES

HERE = Path(__file__).resolve().parent.parent
FILES = Path(os.environ.get("MAEUL_SHARED") or HERE.parent / "shared") / "data" / "pabulib"
LODZ = "Poland_Lodz_2023"
ADD_ONE = "equal-shares, cost, add1"
CITIES = ("Netherlands_Assen_2024", "Poland_Swiecie_2023", LODZ)  # climbed by the peer too
PYTHON = os.environ.get("DECIDE_PYTHON", sys.executable)

# Each rule that both have: our parameters, the peer's call.
BOTH: dict[str, tuple[str, dict, Callable]] = {
    "equal-shares, cost": (
        "equal-shares",
        {"utility": "cost"},
        lambda i, p: method_of_equal_shares(i, p, sat_class=Cost_Sat),
    ),
    "equal-shares, cardinality": (
        "equal-shares",
        {"utility": "cardinality"},
        lambda i, p: method_of_equal_shares(i, p, sat_class=Cardinality_Sat),
    ),
    "greedy": (
        "greedy",
        {"minimum": 0},
        lambda i, p: greedy_utilitarian_welfare(i, p, sat_class=Cost_Sat),
    ),
    "greedy-per-cost": (
        "greedy-per-cost",
        {"minimum": 0},
        lambda i, p: greedy_utilitarian_welfare(i, p, sat_class=Cardinality_Sat),
    ),
    "phragmen": ("phragmen", {}, lambda i, p: sequential_phragmen(i, p)),
}
ADD1 = (
    "equal-shares",
    {"utility": "cost", "completion": "add1"},
    lambda i, p: method_of_equal_shares(i, p, sat_class=Cost_Sat, voter_budget_increment=1),
)


@dataclass
class Told:
    """What a part of the bench found."""

    figures: dict[str, float] = field(default_factory=dict)
    goals: dict[str, Goal] = field(default_factory=dict)
    body: str = ""

    def add(self, what: str, figure: float, goal: Goal | None = None) -> None:
        self.figures[what] = float(figure)
        if goal:
            self.goals[what] = goal
        print(f"{what}: {figure:,.4g}{f' (goal {goal})' if goal else ''}", flush=True)


@dataclass
class Measured:
    """One file and rule."""

    file: str
    rule: str
    ours: float
    peers: float
    difference: str  # "" when the winners are the same

    @property
    def ratio(self) -> float:
        return self.peers / self.ours


@dataclass
class Real:
    """One real election, read by both."""

    path: Path
    profile: Profile
    our_reading: float
    peers_reading: float

    @property
    def large(self) -> bool:
        return self.profile.voters() > 10_000


def main() -> int:
    paths = sorted(FILES.glob("*.pb"), key=size)
    if not paths:
        print(f"There are no elections in {FILES}; name the folder above data: MAEUL_SHARED=…")
        return 1
    elections, measured = list[Real](), list[Measured]()
    for number, path in enumerate(paths, 1):
        if number % 10 == 0 or size(path) > 400_000:
            print(f"Counting {number} of {len(paths)}: {path.stem}", flush=True)
        election, instance, ballots = read_by_both(path)
        elections.append(election)
        measured += counts(election, instance, ballots)
    told = Told()
    for part in PARTS:
        part(told, elections, measured)
    return tell("decide", figures=told.figures, goals=told.goals, body=told.body)


def size(path: Path) -> int:
    return path.stat().st_size


def took(deed: Callable, *, runs: int = 1) -> tuple[float, object]:
    """Seconds of the processor, the median of the runs, and the answer."""
    times, answer = [], None
    gc.unfreeze()
    gc.collect()
    gc.freeze()  # what others left behind is not looked through in our time, nor in the peer's
    for _ in range(runs):
        began = time.process_time()
        answer = deed()
        times.append(time.process_time() - began)
    return median(times), answer


def read_by_both(path: Path) -> tuple[Real, object, object]:
    ours, profile = took(lambda: read(path), runs=3)
    peers, (instance, ballots) = took(lambda: parse_pabulib(str(path)))
    return Real(path, profile, ours, peers), instance, ballots


def counts(election: Real, instance: object, ballots: object) -> Iterator[Measured]:
    rules = dict(BOTH)
    if not type(ballots).__name__.startswith("Approval"):
        del rules["phragmen"]  # the peer has it for approvals alone
    rules[ADD_ONE] = ADD1
    for rule, (name, parameters, peers) in rules.items():
        profile = election.profile.unscored()  # the peer's utilities here do not ask for points
        profile.ballots.by_project  # noqa: B018  (part of reading)
        ties = sorted(profile.projects)
        ours, outcome = took(partial(RULES[name], profile, ties=ties, **parameters), runs=5)
        climb = steps(outcome, profile) * profile.voters() if rule == ADD_ONE else 0
        if climb > 20_000 and election.path.stem not in CITIES:
            continue  # the peer climbs each step
        theirs, winners = took(partial(peers, instance, ballots))
        found = {project.name for project in winners}
        difference = ""
        if found != set(outcome.winners):
            difference = explained(profile, set(outcome.winners), found)
        yield Measured(election.path.stem, rule, ours, theirs, difference)


def steps(outcome: Outcome, profile: Profile) -> Fraction:
    """How often everybody was given one more before the outcome stood."""
    return (outcome.endowment - Fraction(profile.budget, profile.voters())) / profile.unit


def explained(profile: Profile, ours: set[str], peers: set[str]) -> str:
    """Why the winners differ, or a sentence that nobody knows; that one fails the bench."""
    votes, costs = profile.votes(), dict(zip(profile.projects, profile.costs, strict=True))
    if all(votes[p] == 0 for p in peers - ours) and not ours - peers:
        return "the peer also takes projects that nobody supports"
    if all(costs[p] == 0 for p in ours - peers) and not peers - ours:
        return "the peer leaves out projects that cost nothing"
    return f"UNEXPLAINED: ours alone {sorted(ours - peers)}, the peer's {sorted(peers - ours)}"


# The parts: each adds its figures, goals and table.


def same_winners(told: Told, elections: list[Real], measured: list[Measured]) -> None:
    rows = []
    for rule in dict.fromkeys(one.rule for one in measured):
        all_ = [one for one in measured if one.rule == rule]
        same = sum(not one.difference for one in all_)
        rows.append([rule, len(all_), same, len(all_) - same])
    odd = [one for one in measured if one.difference]
    unexplained = [one for one in odd if one.difference.startswith("UNEXPLAINED")]
    for one in odd:
        print(f"{one.file}, {one.rule}: {one.difference}")
    told.add("counts compared with the peer", len(measured))
    told.add("counts with other winners, unexplained", len(unexplained), at_most(0))
    told.body += "Winners, over all real elections that both can count:\n\n"
    told.body += table(["rule", "elections", "same winners", "other winners"], rows) + "\n\n"
    told.body += "".join(f"- {one.file}, {one.rule}: {one.difference}\n" for one in odd) + "\n"


def speed(told: Told, elections: list[Real], measured: list[Measured]) -> None:
    large = {election.path.stem for election in elections if election.large}
    small = {election.path.stem for election in elections[:100]}
    rows = [
        [one.file, one.rule, one.ours * 1000, one.peers * 1000, one.ratio]
        for one in measured
        if one.file in large
    ]
    for rule, goal in (("equal-shares, cost", 1000), ("phragmen", 1000), ("greedy", 100)):
        ratios = [one.ratio for one in measured if one.rule == rule and one.file in large]
        what = f"times faster, {rule}, over 10,000 ballots (least of {len(ratios)} files)"
        told.add(what, min(ratios), at_least(goal))
    [ratio] = [m.ratio for m in measured if m.rule == ADD_ONE and m.file == LODZ]
    told.add(f"times faster, equal-shares with add-one, {LODZ}", ratio, at_least(300))
    for rule in BOTH:
        some = [one for one in measured if one.rule == rule and one.file in small]
        ours, peers = sum(one.ours for one in some), sum(one.peers for one in some)
        rows.append(["the 100 smallest, summed", rule, ours * 1000, peers * 1000, peers / ours])
        if rule == "equal-shares, cost":
            what = "times faster, equal-shares, cost, the 100 smallest files summed"
            told.add(what, peers / ours, at_least(50))
    heads = ["election", "rule", "ours, ms", "the peer, ms", "times faster"]
    told.body += "Counting, without reading:\n\n" + table(heads, rows) + "\n\n"


def reading(told: Told, elections: list[Real], measured: list[Measured]) -> None:
    counted = {m.file: m.ours for m in measured if m.rule == "equal-shares, cost"}
    rows = [
        [
            e.path.stem,
            e.our_reading * 1000,
            e.peers_reading * 1000,
            e.peers_reading / e.our_reading,
            f"{100 * e.our_reading / (e.our_reading + counted[e.path.stem]):.0f} %",
        ]
        for e in elections
        if e.large
    ]
    ours = sum(election.our_reading for election in elections)
    peers = sum(election.peers_reading for election in elections)
    share = 100 * ours / (ours + sum(counted.values()))
    rows.append(["all, summed", ours * 1000, peers * 1000, peers / ours, f"{share:.0f} %"])
    told.add("times faster, reading all files", peers / ours, at_least(20))
    told.add("reading, share of reading and counting by equal-shares in %", share)
    heads = ["election", "ours, ms", "the peer, ms", "times faster", "share of our time"]
    told.body += "Reading, and its share beside Equal Shares:\n\n" + table(heads, rows) + "\n\n"


PEERS_COMMAND = """
import sys
from pabutools.election import Cost_Sat, parse_pabulib
from pabutools.rules import method_of_equal_shares
instance, profile = parse_pabulib(sys.argv[1])
for project in method_of_equal_shares(instance, profile, sat_class=Cost_Sat):
    print(project.name, project.cost)
"""


def cold(told: Told, elections: list[Real], measured: list[Measured]) -> None:
    """Whole commands; the first run compiles every module anew, as right after installing."""
    rows = []
    chosen = [e for e in elections if e.path.stem == LODZ] + [elections[0], elections[50]]
    for election in chosen:
        ours = [PYTHON, "-m", "decide", "tally", str(election.path), "--rule", "equal-shares"]
        peers = [sys.executable, "-c", PEERS_COMMAND, str(election.path)]
        times = {"first": ([], []), "later": ([], [])}
        for _ in range(3):
            with tempfile.TemporaryDirectory() as folder:
                for when in times:
                    for command, seconds in zip((ours, peers), times[when], strict=True):
                        seconds.append(by_the_clock(command, folder))
        for when, (our_times, peer_times) in times.items():
            ours_, peers_ = median(our_times), median(peer_times)
            rows.append([election.path.stem, when, ours_ * 1000, peers_ * 1000, peers_ / ours_])
            goal = at_least(10 if election.large else 1)
            what = f"times faster, whole command, {when} run, {election.path.stem}"
            told.add(what, peers_ / ours_, goal)
    heads = ["election", "run", "ours, ms", "the peer, ms", "times faster"]
    told.body += "Whole commands from a cold start, by the clock:\n\n" + table(heads, rows) + "\n\n"


def by_the_clock(command: list[str], compiled: str) -> float:
    env = {**os.environ, "PYTHONPATH": str(HERE), "PYTHONPYCACHEPREFIX": compiled}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.perf_counter()
    subprocess.run(command, check=True, env=env, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


OUR_SIZE = """
import sys, time
from pathlib import Path
import decide.budgeting.rules, decide.budgeting.reading
def peak():  # of this program alone; what getrusage tells begins with the parent's
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
idle = peak()
began = time.process_time()
profile = decide.budgeting.reading.read(sys.argv[1])
was_read = time.process_time()
decide.budgeting.rules.RULES["equal-shares"](profile, ties=sorted(profile.projects))
print(idle, peak(), was_read - began, time.process_time() - was_read, len(profile.count))
"""


def sizes(told: Told, elections: list[Real], measured: list[Measured]) -> None:
    """Made-up elections of 10⁴ to 10⁷ ballots: time for a ballot, memory beside the file."""
    rows, each = [], {}
    with tempfile.TemporaryDirectory() as folder:
        for ballots in (10**4, 10**5, 10**6, 10**7):
            path = Path(folder) / f"{ballots}.pb"
            made_up(path, ballots)
            megabytes = size(path) / 2**20
            runs = []
            for _ in range(3 if ballots < 10**7 else 1):
                command = [PYTHON, "-c", OUR_SIZE, str(path)]
                env = {**os.environ, "PYTHONPATH": str(HERE)}
                done = subprocess.run(command, check=True, env=env, capture_output=True, text=True)
                runs.append(list(map(float, done.stdout.split())))
            idle, peak, reading_, counting, distinct = map(median, zip(*runs, strict=True))
            each[ballots] = (reading_ + counting) / ballots * 1e6
            times = (peak - idle) / megabytes
            rows.append(
                [f"{ballots:,}", f"{distinct:,.0f}", megabytes, reading_, counting, peak, times]
            )
            if megabytes > 10:
                what = f"memory over idle, times the file, {ballots:,} ballots"
                told.add(what, times, at_most(10))
            path.unlink()
    told.add("memory at 10,000,000 ballots, GB", rows[-1][5] / 1024, at_most(4))
    growth = each[10**7] / each[10**5]
    told.add("time for a ballot at 10,000,000, times that at 100,000", growth, at_most(1.5))
    heads = ["ballots", "distinct", "file, MB", "reading, s", "counting, s", "peak, MB"]
    heads += ["memory over idle / file"]
    told.body += "Made-up elections of 100 projects, up to five on a ballot:\n\n"
    told.body += table(heads, rows) + "\n\n"


WHAT_IF = """
import sys, time
from decide.budgeting.bootstrap import bootstrap
from decide.budgeting.margins import singleton_add
from decide.budgeting.method import Method
from decide.budgeting.reading import read
if __name__ == "__main__":
    profile = read(sys.argv[1])
    for rule in ("equal-shares", "greedy"):
        method = Method(rule, tuple(sorted(profile.projects)))
        began = time.perf_counter()
        margins = singleton_add(profile, method)
        margins_took = time.perf_counter() - began
        began = time.perf_counter()
        bootstrap(profile, method, recounts=1000, processes=2)
        exact = sum(margin.exact or margin.enough is None for margin in margins.values())
        print(rule, len(margins), exact, margins_took, time.perf_counter() - began)
"""


def what_if(told: Told, elections: list[Real], measured: list[Measured]) -> None:
    """The margins of all losing projects, and 1,000 recounts of resampled ballots."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        path, program = Path(folder) / "60000.pb", Path(folder) / "what_if.py"
        made_up(path, 60_000)
        program.write_text(WHAT_IF)
        for file in (path, *(e.path for e in elections if e.path.stem == LODZ)):
            done = subprocess.run(
                [PYTHON, str(program), str(file)],
                check=True,
                env={**os.environ, "PYTHONPATH": str(HERE)},
                capture_output=True,
                text=True,
            )
            for line in done.stdout.splitlines():
                rule, losers, exact, margins, recounts = line.split()
                rows.append([file.stem, rule, losers, exact, float(margins), float(recounts)])
                what = f"of {rule}, {file.stem}"
                goals = (at_most(10), at_most(60)) if file == path else (None, None)
                told.add(f"seconds, all singleton margins {what}", float(margins), goals[0])
                told.add(f"seconds, 1,000 bootstrap recounts {what}", float(recounts), goals[1])
    heads = ["election", "rule", "losers", "exact margins", "margins, s", "1,000 recounts, s"]
    told.body += "What if, by the clock (recounts on two processors):\n\n"
    told.body += table(heads, rows) + "\n\n"


def made_up(path: Path, ballots: int) -> None:
    """A file of so many ballots; popular projects are chosen more often, nobody twice."""
    import numpy as np

    random = np.random.default_rng(ballots)
    weights = 1 / (np.arange(100) + 5.0)
    edges = np.cumsum(weights / weights.sum())
    with path.open("w") as file:
        file.write(f"META\nkey;value\nnum_projects;100\nnum_votes;{ballots}\nbudget;5000000\n")
        file.write("vote_type;approval\nrule;greedy\ncurrency;PLN\nPROJECTS\nproject_id;cost\n")
        file.writelines(f"p{n};{int(random.integers(20, 900)) * 1000}\n" for n in range(100))
        file.write("VOTES\nvoter_id;vote;age;voting_method\n")
        for begin in range(0, ballots, 100_000):
            number = min(100_000, ballots - begin)
            drawn = np.minimum(np.searchsorted(edges, random.random((number, 5))), 99)
            lengths = random.integers(1, 6, number).tolist()
            for n, (row, length) in enumerate(zip(drawn.tolist(), lengths, strict=True), begin):
                chosen = ",".join(f"p{p}" for p in dict.fromkeys(row[:length]))
                file.write(f"{1_400_000_000 + n};{chosen};{18 + n % 70};internet\n")


PARTS = (same_winners, speed, reading, cold, what_if, sizes)

if __name__ == "__main__":
    sys.exit(main())
