"""How an election is counted: a rule by its name, with the order of ties and all parameters."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from decide.budgeting.constraints import Limits
from decide.budgeting.outcome import Outcome
from decide.budgeting.profile import Profile
from decide.budgeting.rules import RULES


@dataclass(frozen=True)
class Method:
    """A rule with everything but the ballots, so that it can be tried on others.

    >>> election = Profile.from_ballots([["a"], ["b"], ["b"]], {"a": 1, "b": 1}, budget=1)
    >>> method = Method("greedy", ties=("a", "b"))
    >>> method(election).winners, method(election.plus("a", 1)).winners
    (('b',), ('a',))
    """

    rule: str
    ties: tuple[str, ...]
    parameters: Mapping[str, object] = field(default_factory=dict)
    limits: Limits | None = None

    def __call__(self, profile: Profile, *, explain: bool = False) -> Outcome:
        more = {"limits": self.limits} if self.limits is not None else {}
        return RULES[self.rule](profile, ties=self.ties, explain=explain, **self.parameters, **more)
