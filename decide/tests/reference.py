"""Each budgeting rule as its definition reads: plain, slow, all in fractions.

Ballots are dicts from a project to a utility above 0, one for each voter.  Nothing here is shared
with the rules that are tested against it.
"""

from fractions import Fraction


def utilities(ballots, costs, utility):
    """What a chosen project is worth to a voter."""
    worth = {
        "cost": lambda ballot, name: costs[name] or 1,
        "cardinality": lambda ballot, name: 1,
        "score": lambda ballot, name: ballot[name],
    }[utility]
    return [{name: worth(ballot, name) for name in ballot} for ballot in ballots]


def affordability(cost, money, worth):
    """The smallest rho with sum(min(money, rho * worth)) == cost, or None."""
    if cost == 0:
        return Fraction(0)
    if sum(money) < cost:
        return None
    poor = Fraction(0)
    voters = sorted(zip(money, worth, strict=True), key=lambda voter: voter[0] / voter[1])
    for n, (has, wants) in enumerate(voters):
        rho = (cost - poor) / sum(each for _, each in voters[n:])
        if rho * wants <= has:
            return rho
        poor += has
    raise AssertionError("the richest voter pays the rest")


def shares(ballots, costs, budget, *, ties, utility="cost", start=None):
    """Equal Shares; gives winners with their rho, and what every voter has left."""
    if not ballots:
        return [], []
    worth = utilities(ballots, costs, utility)
    money = [Fraction(budget, len(ballots)) if start is None else start] * len(ballots)
    bought = []
    while True:
        offers = []
        for name in ties:
            voters = [v for v, values in enumerate(worth) if values.get(name, 0) > 0]
            if not voters or any(name == taken for taken, _ in bought):
                continue
            has, wants = [money[v] for v in voters], [worth[v][name] for v in voters]
            rho = affordability(costs[name], has, wants)
            if rho is not None:
                offers.append((rho, ties.index(name), name))
        if not offers:
            return bought, money
        rho, _, name = min(offers)
        bought.append((name, rho))
        for v, values in enumerate(worth):
            if values.get(name, 0) > 0:
                money[v] -= min(money[v], rho * values[name])


def equal_shares(ballots, costs, budget, **parameters):
    return [name for name, _ in shares(ballots, costs, budget, **parameters)[0]]


def exhaustive(ballots, costs, budget, winners):
    """No project that somebody supports would still fit."""
    left = budget - sum(costs[name] for name in winners)
    supported = {name for ballot in ballots for name, value in ballot.items() if value > 0}
    return all(name in winners or costs[name] > left for name in supported)


def add_one(ballots, costs, budget, *, ties, utility="cost", stop="exhaustive", unit=1):
    """Every voter gets one unit more, until the outcome is exhaustive or dearer than the budget."""
    if not ballots:
        return []
    start, last = Fraction(budget, len(ballots)), None
    while True:
        winners = equal_shares(ballots, costs, budget, ties=ties, utility=utility, start=start)
        if sum(costs[name] for name in winners) > budget:
            return last
        if stop == "exhaustive" and exhaustive(ballots, costs, budget, winners):
            return winners
        supported = {name for ballot in ballots for name, value in ballot.items() if value > 0}
        if len(winners) == len(supported):
            return winners
        last = winners
        start += unit


def phragmen(ballots, costs, budget, *, ties):
    load = [Fraction(0)] * len(ballots)
    left, winners = budget, []
    while True:
        offers = []
        for name in ties:
            voters = [v for v, ballot in enumerate(ballots) if ballot.get(name, 0) > 0]
            if voters and name not in winners and costs[name] <= budget:
                new = (sum(load[v] for v in voters) + costs[name]) / Fraction(len(voters))
                offers.append((new, ties.index(name), name))
        if not offers:
            return winners
        new, _, name = min(offers)
        if any(offer[0] == new and costs[offer[2]] > left for offer in offers):
            return winners
        winners.append(name)
        left -= costs[name]
        load = [
            new if ballot.get(name, 0) > 0 else old
            for old, ballot in zip(load, ballots, strict=True)
        ]


def greedy(ballots, costs, budget, *, ties, per_cost=False):
    votes = {name: sum(name in ballot for ballot in ballots) for name in ties}

    def order(name):
        if per_cost:
            free = costs[name] == 0
            return (not free, -Fraction(votes[name], 1 if free else costs[name]), ties.index(name))
        return (-votes[name], ties.index(name))

    left, winners = budget, []
    for name in sorted((name for name in ties if votes[name]), key=order):
        if costs[name] <= left:
            winners.append(name)
            left -= costs[name]
    return winners


def utilitarian(ballots, costs, budget, *, ties, utility="cost"):
    """Equal Shares, then greedy by utility per cost."""
    winners = equal_shares(ballots, costs, budget, ties=ties, utility=utility)
    worth = utilities(ballots, costs, utility)
    total = {name: sum(values.get(name, 0) for values in worth) for name in ties}
    rest = [name for name in ties if total[name] and costs[name] and name not in winners]
    rest.sort(key=lambda name: (-Fraction(total[name], costs[name]), ties.index(name)))
    for name in rest:
        if costs[name] + sum(costs[winner] for winner in winners) <= budget:
            winners.append(name)
    return winners


def add_utility(ballots, costs, budget, *, ties, utility="cost"):
    """Equal Shares, then supporters give all and the others share what is missing."""
    bought, money = shares(ballots, costs, budget, ties=ties, utility=utility)
    winners = [name for name, _ in bought]
    while True:
        offers = []
        for name in ties:
            voters = {v for v, ballot in enumerate(ballots) if ballot.get(name, 0) > 0}
            if not voters or name in winners or costs[name] > sum(money):
                continue
            missing = costs[name] - sum(money[v] for v in voters)
            others = [money[v] for v in range(len(ballots)) if v not in voters]
            price = affordability(missing, others, [1] * len(others))
            worth = costs[name] if utility == "cost" else 1
            offers.append((price / worth, ties.index(name), name, price, voters))
        if not offers:
            return winners
        _, _, name, price, voters = min(offers, key=lambda offer: offer[:2])
        winners.append(name)
        money = [0 if v in voters else has - min(has, price) for v, has in enumerate(money)]
