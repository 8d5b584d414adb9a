"""The report of a count in Korean: after each English sentence its Korean one."""

_PAIRS = """
{voters} ballots, {projects} projects, budget {budget}; counted by {rule}
투표 {voters}장, 사업 {projects}개, 예산 {budget}; 세는 방법 {rule}

No project won.
뽑힌 사업이 없습니다.

{place}. {project}  {votes} votes, costs {cost}
{place}. {project}  {votes}표, 비용 {cost}

Spent {spent}, left {left}.
쓴 돈 {spent}, 남은 돈 {left}.

Level: {projects}; the order of ties ({ties}) put the first one first.
같은 값: {projects}. 동점 순서({ties})에 따라 앞의 것을 먼저 두었습니다.

It won.
뽑혔습니다.

It lost: nobody voted for it.
뽑히지 않았습니다. 고른 사람이 없습니다.

It lost: it costs more than the whole budget.
뽑히지 않았습니다. 비용이 전체 예산보다 많습니다.

It lost: it has fewer votes than a project needs to be considered.
뽑히지 않았습니다. 표가 최소 기준보다 적습니다.

It lost: a winner or its category's ceiling kept it out.
뽑히지 않았습니다. 함께 뽑힐 수 없는 사업이 먼저 뽑혔거나 분야의 한도를 넘습니다.

It lost: the list had ended before its turn.
뽑히지 않았습니다. 차례가 오기 전에 뽑기가 끝났습니다.

It lost: its supporters had too little money left.
뽑히지 않았습니다. 고른 사람들에게 남은 몫이 모자랐습니다.

It lost: it costs more than was left in its turn.
뽑히지 않았습니다. 차례가 왔을 때 남은 돈이 모자랐습니다.

It lost: other projects were worth more to the voters.
뽑히지 않았습니다. 다른 사업이 주민들에게 더 도움이 되었습니다.

{votes} votes, costs {cost}
{votes}표, 비용 {cost}

Taken as number {turn}.
{turn}번째로 뽑혔습니다.

Each supporter paid at most {price}.
고른 사람이 낸 돈은 한 사람에 많아야 {price}입니다.

Its supporters had {left} left together; {missing} were missing.
고른 사람들에게 모두 {left} 남아 있었고, {missing} 모자랐습니다.

{missing} were missing.
{missing} 모자랐습니다.

{voters} of its supporters also wanted {rival} and paid {paid} for it.
고른 사람 가운데 {voters}명은 {rival}도 골라 {paid} 냈습니다.

{voters} of its supporters also wanted {rival}.
고른 사람 가운데 {voters}명은 {rival}도 골랐습니다.

No number of further ballots up to {most} makes it win.
이 사업만 고른 표가 {most}장까지 더 있어도 뽑히지 않습니다.

{missing} further ballots for it alone would have made it win.
이 사업만 고른 표가 {missing}장 더 있었으면 뽑혔습니다.

{missing} further ballots for it alone would have made it win, fewer than {below} not.
이 사업만 고른 표가 {missing}장 더 있었으면 뽑혔고, {below}장보다 적으면 뽑히지 않습니다.

It enters at a budget of {entry}.
예산이 {entry}이면 뽑힙니다.

Voters by how many of their projects won:
고른 사업 가운데 몇 개가 뽑혔는지:

  {got}: {voters} voters
  {got}개: {voters}명

No budget that was tried lets it in.
살펴본 어떤 예산으로도 뽑히지 않습니다.
"""


def _pairs() -> dict[str, str]:
    lines = [line for line in _PAIRS.split("\n") if line]
    return dict(zip(lines[::2], lines[1::2], strict=True))


KOREAN = _pairs()
