"""Every Korean sentence of the ballot box that says no, and the names of its states."""

from django.utils.translation import gettext_lazy as _

from maeul.vault.ballot import opening
from maeul.vault.ballot.marks import Marking
from maeul.vault.ballot.outside import Kind
from maeul.vault.ballot.paper import Part
from maeul.vault.ballot.rules import (
    Channel,
    ReasonForOuter,
    RollClaim,
    Rule,
    RulingKind,
    Shown,
    State,
    Way,
    Why,
)

STATES = {
    State.DRAFT: _("준비하는 중"),
    State.FROZEN: _("확정됨"),
    State.OPEN: _("투표하는 중"),
    State.CLOSED: _("투표 마감"),
    State.OPENED: _("개표함"),
    State.PUBLISHED: _("결과 발표"),
    State.DESTROYED: _("봉투를 없앰"),
    State.VOID: _("무효"),
}

NEXT_ACTS = {
    State.DRAFT: _("자물쇠와 예행연습을 마치고 확정하기"),
    State.CLOSED: _("목록을 확정하고 열기"),
    State.OPENED: _("세고 발표하기"),
}
VOTE = _("투표하기")

CHANNELS = {
    Channel.NONE: _("아직 투표하지 않음"),
    Channel.ONLINE: _("온라인"),
    Channel.KIOSK: _("현장 단말"),
    Channel.PAPER: _("종이"),
}

WAYS = {
    Way.PAPER: _("종이 투표용지"),
    Way.KIOSK: _("현장 단말"),
    Way.OUTER: _("겉봉투"),
}
RULINGS = {
    RulingKind.DISPUTED: _("다툼이 있음"),
    RulingKind.STANDS: _("그대로 둠"),
    RulingKind.UNDONE: _("취소: 투표용지를 쓰지 않고 돌려받음"),
    RulingKind.STRUCK: _("지움: 본인이 아니거나 서명이 없음"),
    RulingKind.LOST: _("투표함을 잃음"),
}
OUTER_REASONS = {
    ReasonForOuter.ELSEWHERE: _("다른 투표소의 선거인"),
    ReasonForOuter.UNREACHABLE: _("명부를 볼 수 없었음"),
    ReasonForOuter.TWO_MATCHES: _("이름과 생년월일이 같은 선거인이 두 명"),
    ReasonForOuter.NEAR_MATCH: _("비슷한 선거인이 있음"),
}

COUNTS = {
    "signatures": _("서명부의 서명"),
    "sheets_given": _("내준 투표용지"),
    "sheets_back": _("쓰지 않고 돌려받은 투표용지"),
    "outer_envelopes": _("겉봉투"),
}
"""What is signed at a booth when it closes."""
READ_OTHERWISE = _(
    "먼저 적은 분과 다른 칸이 있습니다: %(counts)s. 마감표는 아직 정해지지 않았습니다. 두 사람이"
    " 종이를 다시 보고, 틀리게 적은 분이 고쳐 적어 주세요."
)

TOTALS_READ_OTHERWISE = _(
    "먼저 적은 분과 다른 칸이 있습니다: %(where)s. 합계는 아직 정해지지 않았습니다. 두 사람이"
    " 집계표를 다시 보고, 틀리게 적은 분이 고쳐 적어 주세요."
)
HALL_LOSES = [
    _("집에서 하는 투표와 미리 하는 투표가 없습니다. 그 시간에 그 자리에 와야 합니다."),
    _("확인 번호가 없습니다. 내 표가 셈에 들었는지는 그 자리에서 눈으로 봅니다."),
    _("남이 표를 한 장씩 다시 셀 수 없습니다. 공개되는 것은 합계뿐입니다."),
]
"""What a hall vote cannot give, said on its pages."""
HALL_KEEPS = [
    _("빈 투표함을 모두에게 보인 뒤에 시작하고, 서명한 분께만 도장 찍힌 투표용지를 드립니다."),
    _("편이 다른 두 개표인이 모두의 앞에서 소리 내어 세고, 저마다 적은 합계가 같아야 합니다."),
    _("집계표의 사진과 서명한 개표록이 남고, 그 지문이 공개됩니다."),
    _("투표용지는 이의를 낼 수 있는 동안 봉해 두고, 이의가 있으면 다시 셉니다."),
]


def hall() -> dict[str, list]:
    """What the pages of a hall vote say of it."""
    return {"loses": HALL_LOSES, "keeps": HALL_KEEPS}


PARTS = {
    Part.FIRST: _("첫째로 옮겨 적기"),
    Part.SECOND: _("둘째로 옮겨 적기"),
    Part.SETTLING: _("다른 장 가리기"),
}

RULES = {
    Rule.MAJORITY: _("찬반"),
    Rule.APPROVAL: _("많은 표 차례"),
    Rule.GREEDY: _("예산 안에서 많은 표 차례"),
    Rule.EQUAL_SHARES: _("고른 몫"),
    Rule.PHRAGMEN: _("고른 부담"),
    Rule.KNAPSACK: _("표를 가장 많이 담기"),
    Rule.BORDA: _("순위 점수"),
    Rule.SCORE: _("점수 합"),
}
UNITS = {Marking.CHOOSE: _("표"), Marking.RANK: _("점"), Marking.SCORE: _("점")}
"""What stands behind the number that an option got."""
WORTH = _("%(place)s순위 %(points)s점")

RULE_SENTENCES = {
    Rule.MAJORITY: _("찬성과 반대를 세어, 찬성이 정해진 수를 넘으면 통과합니다."),
    Rule.APPROVAL: _("표가 많은 차례로 정한 수만큼 선정합니다."),
    Rule.GREEDY: _("표가 많은 차례로 보고, 남은 예산에 들어가면 선정합니다."),
    Rule.EQUAL_SHARES: _(
        "예산을 투표한 사람에게 똑같은 몫으로 나눕니다. 고른 사람들의 몫을 모아 비용이 되면"
        " 선정하고, 낸 만큼 몫이 줄어듭니다."
    ),
    Rule.PHRAGMEN: _(
        "선정된 것의 비용을 고른 사람들이 나누어 집니다. 짐이 가장 가벼운 것부터, 한쪽 사람들만"
        " 이기지 않도록 차례로 선정합니다."
    ),
    Rule.KNAPSACK: _(
        "예산 안에 드는 묶음을 모두 견주어, 받은 표를 더한 수가 가장 큰 묶음을 선정합니다."
    ),
    Rule.BORDA: _("순위마다 정해진 점수를 더해, 점수가 많은 차례로 정한 수만큼 선정합니다."),
    Rule.SCORE: _("저마다 준 점수를 더해, 점수가 많은 차례로 정한 수만큼 선정합니다."),
}
"""How each rule counts, in a sentence or two; the page on counting shows it with an example."""

EXAMPLE = {
    "1": _("골목 가로등"),
    "2": _("버스 쉼터"),
    "3": _("놀이터 그늘막"),
    "4": _("텃밭 상자"),
    "5": _("책 나눔터"),
}
"""The projects of the small vote on the page on counting."""

COMPLETIONS = {
    "add1+utilitarian": _("몫을 조금씩 늘려 다시 세고, 그래도 남으면 표가 많은 차례로"),
    "add1": _("몫을 조금씩 늘려 다시 세기"),
    "utilitarian": _("표가 많은 차례로"),
    "none": _("남겨 두기"),
}
UTILITIES = {
    "cost": _("돈: 뜻이 이루어진 금액이 고르도록"),
    "cardinality": _("가짓수: 뜻이 이루어진 사업의 수가 고르도록"),
}

SHOWN = {
    Shown.CHOICES: _("고른 것마다 한 줄"),
    Shown.PUBLIC: _("표를 통째로 공개"),
    Shown.WITNESSED: _("참관 아래 셈"),
}

REFUSALS = {
    Why.NOT_A_DRAFT: _(
        "이미 확정된 투표는 바꿀 수 없습니다. 잘못이 있으면 무효로 하고 새로 만들어 주세요."
    ),
    Why.NO_QUESTION: _("안건이 없습니다. 안건을 하나 이상 넣어 주세요."),
    Why.BEHIND: _(
        "투표함을 되살리는 중이라 잠시 멈췄습니다. 선거관리인 두 사람이 바깥에 적어 둔 게시판을"
        " 넣으면 다시 시작합니다."
    ),
    Why.NOT_BEHIND: _("이 게시판에는 우리에게 없는 묶음이 없습니다. 되살릴 것이 없습니다."),
    Why.BOARD_UNREADABLE: _(
        "게시판 파일이 아니거나 이 투표의 것이 아닙니다. 바깥에 둔 board.jsonl 파일을 넣어 주세요."
    ),
    Why.BOARD_OF_ANOTHER_PAST: _(
        "%(batch)s번째 묶음부터 우리 게시판과 다릅니다. 어느 쪽도 이어 붙일 수 없으니,"
        " 까닭을 밝히고 투표를 무효로 해 주세요."
    ),
    Why.NO_OPTIONS: _("고를 것이 없습니다. 안건마다 고를 것을 하나 이상 적어 주세요."),
    Why.TWO_OPTIONS: _("찬반 안건은 찬성과 반대, 두 가지만 두고 하나만 고르게 해 주세요."),
    Why.LIMITS_OF_CHOICES: _(
        "고를 수 있는 수가 맞지 않습니다. 1에서 %(options)s 사이로 정해 주세요."
    ),
    Why.COST_MISSING: _("예산 안건은 고를 것마다 비용이 있어야 합니다. 빠진 비용을 적어 주세요."),
    Why.BUDGET_MISSING: _("예산이 정해지지 않았습니다. 0보다 큰 예산을 적어 주세요."),
    Why.SEATS_MISSING: _("몇 가지를 뽑을지 1에서 %(options)s 사이로 정해 주세요."),
    Why.THRESHOLD_UNKNOWN: _(
        "찬반 안건의 통과 기준을 과반수, 재적 과반수, 3분의 2 가운데에서 골라 주세요."
    ),
    Why.WHOLE_BALLOTS_NEEDED: _(
        "이 세는 법은 무엇을 함께 골랐는지 알아야 다시 셀 수 있습니다."
        " 표를 통째로 공개하거나 참관 아래 세도록 정해 주세요."
    ),
    Why.PARAMETER_UNKNOWN: _("세는 법의 값이 빠졌습니다. 나머지 돈을 어떻게 쓸지 골라 주세요."),
    Why.MARK_TELLS_WHO: _(
        "%(most)s점이나 %(most)s순위까지만 정해 주세요."
        " 더 드문 점수는 누구의 표인지 드러낼 수 있습니다."
        " 더 크게 하려면 한 장씩 모두 공개하는 것으로 바꿔 주세요."
    ),
    Why.WORTHS_MISSING: _(
        "순위마다 몇 점인지 정해지지 않았습니다."
        " 1순위부터 %(places)s순위까지, 줄어드는 점수를 적어 주세요."
    ),
    Why.POINTS_MISSING: _("하나에 많아야 몇 점을 줄 수 있는지 1에서 %(most)s 사이로 정해 주세요."),
    Why.TOTAL_OF_POINTS: _(
        "한 사람이 줄 수 있는 점수를 모두 더한 한도가 맞지 않습니다."
        " 1에서 %(most)s 사이로 정하거나 비워 주세요."
    ),
    Why.MARKED_OTHERWISE: _(
        "고르는 안건, 순위 안건, 점수 안건은 서로 바꿀 수 없습니다. 안건을 빼고 새로 올려 주세요."
    ),
    Why.UNKNOWN_STYLE: _(
        "선거인명부에 없는 투표지 종류입니다. 이 투표의 종류 가운데에서 골라 주세요."
    ),
    Why.NO_ELECTORS: _("선거인명부가 비어 있습니다. 선거인을 먼저 올려 주세요."),
    Why.NO_CHANNEL: _("투표하는 방법을 하나 이상 골라 주세요."),
    Why.ONLINE_ENDS_OUTSIDE: _("온라인 마감은 시작보다 늦고 전체 마감보다 늦지 않아야 합니다."),
    Why.BOOTH_MISSING: _("현장 투표를 하려면 투표소가 있어야 합니다. 투표소를 정해 주세요."),
    Why.BOOTH_WITHOUT_HOURS: _("%(booth)s의 곳과 시간이 없습니다. 언제 어디서 여는지 적어 주세요."),
    Why.BOOTH_OUTSIDE_THE_POLL: _(
        "%(booth)s의 시간이 투표 기간을 벗어납니다. 기간 안의 시간으로 고쳐 주세요."
    ),
    Why.BOOTH_HAS_ELECTORS: _(
        "선거인이 정해진 투표소는 뺄 수 없습니다. 선거인을 다른 투표소로 옮긴 다음 빼 주세요."
    ),
    Why.ELECTORS_WITHOUT_BOOTH: _(
        "투표소가 정해지지 않은 선거인이 %(electors)s명 있습니다. 투표소를 정해 주세요."
    ),
    Why.TWO_OFFICERS: _("선거관리인은 두 사람 이상이어야 합니다. 한 사람을 더 정해 주세요."),
    Why.OFFICER_OF_COUNCIL: _("선거관리인 가운데 한 사람은 주민자치회에서 와야 합니다."),
    Why.TWO_LOCKS: _("자물쇠가 두 개 있어야 합니다. 두 보관인의 공개 열쇠를 등록해 주세요."),
    Why.LOCKS_ALIKE: _("두 자물쇠가 같습니다. 두 보관인이 저마다 만든 열쇠를 등록해 주세요."),
    Why.HOLDER_IS_OFFICER: _(
        "열쇠 보관인은 선거관리인을 함께 맡을 수 없습니다. 다른 사람으로 정해 주세요."
    ),
    Why.REHEARSAL_MISSING: _(
        "예행연습이 끝나지 않았습니다."
        " 원본 열쇠와 사본 열쇠로 한 번씩 열어 보고 낱말을 적어 주세요."
    ),
    Why.WRONG_WORD: _("예행연습 낱말이 다릅니다. 등록한 공개 열쇠의 짝으로 다시 열어 보세요."),
    Why.TIMES_MISSING: _("투표를 시작하고 마치는 때를 정해 주세요."),
    Why.ENDS_BEFORE_IT_BEGINS: _("마치는 때가 시작하는 때보다 늦어야 합니다."),
    Why.ENDS_IN_THE_PAST: _("마치는 때가 이미 지났습니다. 앞으로의 때로 정해 주세요."),
    Why.SEED_SOURCE_MISSING: _("표가 같을 때 쓸 추첨 숫자를 어디서 가져올지 미리 정해 주세요."),
    Why.HEAD_PLACES_MISSING: _("게시판의 값을 적어 둘 바깥 곳을 두 곳 이상 정해 주세요."),
    Why.PLAYED_CLOCK: _(
        "시범용 시계가 있는 데이터베이스에서는 실제 투표를 열 수 없습니다."
        " 새 데이터베이스에 설치해 주세요."
    ),
    Why.NOT_ONLINE: _("온라인으로는 하지 않는 투표입니다. 투표소로 와 주세요."),
    Why.NOT_IN_PERSON: _("이 투표는 그 방법으로 하지 않습니다. 다른 방법을 골라 주세요."),
    Why.SLIP_UNKNOWN: _("번호가 맞지 않습니다. 여덟 자리를 다시 눌러 주세요."),
    Why.SLIP_REPLACED: _("새 번호를 받으셨습니다. 새로 받은 번호를 눌러 주세요."),
    Why.SLIP_EXPIRED: _(
        "번호를 받은 지 %(minutes)s분이 지났습니다. 접수대에서 새 번호를 받아 주세요."
    ),
    Why.SLIP_ENDED: _("이미 쓴 번호이거나 취소된 번호입니다. 접수대에 말씀해 주세요."),
    Why.SLIP_OF_ANOTHER_BOOTH: _(
        "다른 투표소에서 받은 번호입니다. 번호를 받은 투표소에서 투표해 주세요."
    ),
    Why.DEVICE_UNKNOWN: _("이 기기는 등록되어 있지 않습니다. 투표사무원에게 말씀해 주세요."),
    Why.NOT_A_CLERK: _("이 투표소의 투표사무원이나 선거관리인만 할 수 있습니다."),
    Why.LIST_IS_FIXED: _(
        "개표할 목록이 이미 확정되었습니다. 이제는 본인 확인과 명부를 바꿀 수 없습니다."
    ),
    Why.BOOTH_IS_SIGNED: _("이 투표소는 마감표에 서명했습니다. 선거관리인에게 알려 주세요."),
    Why.BOOTH_IS_SHUT: _("지금은 이 투표소가 열려 있지 않습니다. 여는 시간을 확인해 주세요."),
    Why.ANOTHER_BOOTH: _(
        "다른 투표소의 선거인입니다. 그 투표소로 안내하거나 겉봉투로 투표하게 해 주세요."
    ),
    Why.LINE_ONLY_AFTER_CLOSING: _("아직 마감 전입니다. 번호표 없이 본인 확인을 해 주세요."),
    Why.LINE_VOTES_ON_PAPER: _("마감 뒤에 줄 선 분은 종이로 투표합니다. 종이를 골라 주세요."),
    Why.NO_SUCH_LINE_SLIP: _("나누어 주지 않은 번호표입니다. 번호를 다시 확인해 주세요."),
    Why.LINE_SLIP_USED: _("이미 쓴 번호표입니다. 번호를 다시 확인해 주세요."),
    Why.LINE_KNOWN: _("이 투표소의 번호표 수는 이미 적었습니다."),
    Why.NOT_AT_CLOSING: _(
        "번호표는 마감하는 때(%(closes_at)s) 앞뒤 10분 안에 나누어 주고 적습니다."
    ),
    Why.NOBODY_IN_LINE: _("나누어 준 번호표가 한 장 이상일 때만 적어 주세요."),
    Why.MORE_BACK_THAN_GIVEN: _(
        "돌려받은 투표용지가 내준 것보다 많습니다. 두 숫자를 다시 세어 주세요."
    ),
    Why.COUNTS_ARE_READ: _(
        "두 사람이 이미 같은 마감표를 적었습니다. 이제 바꿀 수 없습니다."
        " 잘못이 있으면 선거관리인에게 알려 주세요."
    ),
    Why.CLERK_STANDS: _("이 투표의 후보입니다. 후보가 아닌 분을 투표사무원으로 정해 주세요."),
    Why.PHOTO_MISSING: _("서명한 마감표의 사진이 아직 없습니다. 찍은 사진을 함께 올려 주세요."),
    Why.NO_LIST_NUMBER: _("서명부의 번호는 1부터입니다. 종이 서명부의 번호를 적어 주세요."),
    Why.LIST_NUMBER_TAKEN: _(
        "서명부 %(number)s번 줄은 이미 적혀 있습니다. 종이 서명부를 다시 확인해 주세요."
    ),
    Why.SAME_PERSON: _("이미 확인하셨습니다. 다른 한 사람이 더 확인해야 합니다."),
    Why.NAME_MISSING: _("신분증에 있는 이름을 적어 주세요."),
    Why.TOO_YOUNG: _(
        "%(born_by)s까지 태어난 분만 투표할 수 있습니다. 생년월일을 다시 확인해 주세요."
    ),
    Why.DOCUMENT_MISSING: _("어떤 신분증을 보았는지 골라 주세요."),
    Why.NOT_ELSEWHERE: _("이 투표소의 선거인입니다. 겉봉투 없이 여기에서 바로 투표하게 해 주세요."),
    Why.OUTER_KNOWN: _(
        "이 선거인의 겉봉투가 이미 하나 있습니다. 선거관리인의 결정을 기다려 주세요."
    ),
    Why.ALREADY_RULED: _("이미 두 사람이 결정했습니다. 바꿀 수 없습니다."),
    Why.ONLY_A_BOOTH_IS_LOST: _("투표소 전체를 잃었을 때만 쓰는 결정입니다."),
    Why.BALLOT_IS_IN: _("표가 이미 투표함에 들어가 취소할 수 없습니다. 다툼이 있다고 적어 주세요."),
    Why.REASON_OF_TWO_MISSING: _("까닭을 적어 주세요. 다른 한 사람이 읽고 확인합니다."),
    Why.NOT_YET_LOST: _("%(after)s까지 기다려도 소식이 없을 때 결정할 수 있습니다."),
    Why.EXTEND_BEFORE_CLOSING: _("마감 전에만 늘릴 수 있습니다."),
    Why.EXTENDED_ALREADY: _("이미 %(until)s까지 늘렸습니다. 한 번만 늘릴 수 있습니다."),
    Why.ONLY_LATER: _("지금 마감(%(closes_at)s)보다 늦은 때로 정해 주세요."),
    Why.BOOTHS_UNHEARD: _(
        "두 사람이 같게 적은 마감표가 없는 투표소가 있습니다: %(booths)s. 두 사람이 저마다"
        " 마감표를 적거나, 하루가 지나도 소식이 없으면 두 선거관리인이 투표함을 잃은 것으로"
        " 결정해 주세요."
    ),
    Why.OUTERS_UNDECIDED: _(
        "결정하지 않은 겉봉투가 %(number)s개 있습니다. 두 선거관리인이 먼저 결정해 주세요."
    ),
    Why.CHECK_INS_UNDECIDED: _(
        "결정하지 않은 본인 확인이 %(number)s건 있습니다. 두 선거관리인이 먼저 결정해 주세요."
    ),
    Why.LATE_LINES_UNDECIDED: _(
        "한 사람만 옮겨 적은 서명부 줄이 %(number)s개 있습니다. 다른 선거관리인이 서명부를 보고"
        " 한 번 더 적어 주세요."
    ),
    Why.DEVICE_NAME_TAKEN: _("같은 이름의 단말이 있습니다. 다른 이름을 적어 주세요."),
    Why.ENROLMENT_OVER: _(
        "이미 썼거나 10분이 지난 등록 번호입니다. 투표사무원 화면에서 새로 등록해 주세요."
    ),
    Why.NOT_YET_OPEN: _("아직 투표 시간이 아닙니다. %(opens_at)s부터 투표할 수 있습니다."),
    Why.ALREADY_CLOSED: _("투표가 %(closes_at)s에 끝났습니다. 결과가 나오면 알려 드립니다."),
    Why.NOT_ON_THE_ROLL: _("이 투표의 선거인명부에 없습니다. 동 주민센터에 물어봐 주세요."),
    Why.VOTED_IN_PERSON: _(
        "이미 현장에서 투표하셨습니다. 현장 투표는 온라인으로 바꿀 수 없습니다."
    ),
    Why.WRONG_LENGTH: _(
        "봉투의 크기가 맞지 않아 받지 않았습니다. 투표 화면을 새로 열고 다시 해 주세요."
    ),
    Why.WRONG_TRACKER: _("보내는 동안 봉투가 달라졌습니다. 투표 화면에서 다시 넣어 주세요."),
    Why.SOMEBODY_ELSES: _(
        "다른 분의 봉투와 같아 받지 않았습니다. 투표 화면을 새로 열고 다시 해 주세요."
    ),
    Why.TOO_SOON: _("방금 투표하셨습니다. %(seconds)s초 뒤에 다시 할 수 있습니다."),
    Why.TOO_OFTEN: _(
        "오늘은 %(times)s번 투표하셨습니다."
        " 마지막 표가 셈에 들어가 있고, 내일 다시 바꿀 수 있습니다."
    ),
    Why.STILL_RUNNING: _("아직 투표 시간입니다. %(closes_at)s에 마감됩니다."),
    Why.NOT_CLOSED: _("투표가 마감된 다음에 할 수 있습니다."),
    Why.LIST_NOT_FIXED: _("먼저 개표할 목록을 확정해 주세요."),
    Why.RESULT_UNREADABLE: _("개표 결과 파일이 아닙니다. 여는 프로그램이 만든 파일을 올려 주세요."),
    Why.RESULT_OF_ANOTHER_LIST: _(
        "다른 목록을 연 결과입니다. 확정한 목록을 다시 받아 열어 주세요."
    ),
    Why.RESULT_DOES_NOT_ADD_UP: _(
        "결과의 표 수가 목록과 맞지 않습니다. 목록을 다시 열어 주세요. (%(detail)s)"
    ),
    Why.ANOTHER_RESULT: _(
        "연 결과가 서로 다릅니다. 다른 컴퓨터에서 다시 열어 주세요."
        " 두 프로그램의 결과가 같아질 때까지 아무도 결과를 고르지 않습니다."
    ),
    Why.SECOND_PROGRAM: _(
        "아직 한 프로그램으로만 열었습니다."
        " 다른 컴퓨터에서 다른 프로그램으로 한 번 더 열어 결과를 올려 주세요."
    ),
    Why.SAME_OFFICER: _("이미 확인하셨습니다. 다른 선거관리인 한 사람이 더 확인해야 합니다."),
    Why.NOT_AN_OFFICER: _("이 투표의 선거관리인만 할 수 있습니다."),
    Why.SEED_TOO_EARLY: _("추첨 숫자는 정한 날(%(tie_on)s)이 되어야 적을 수 있습니다."),
    Why.SEED_MISSING: _("추첨 숫자가 없습니다. 정해 둔 곳(%(source)s)의 숫자를 적어 주세요."),
    Why.SEED_KNOWN: _("추첨 숫자가 이미 적혀 있습니다. 바꿀 수 없습니다."),
    Why.NOT_OPENED: _("개표한 다음에 할 수 있습니다."),
    Why.NOT_COUNTED: _("아직 세지 않았습니다. 먼저 표를 세어 주세요."),
    Why.PUBLICATION_BLOCKED: _(
        "숫자가 맞지 않아 발표할 수 없습니다: %(equation)s. 까닭을 찾은 다음 다시 해 주세요."
    ),
    Why.OVER: _("이미 무효가 된 투표입니다."),
    Why.REASON_MISSING: _("까닭을 적어 주세요. 모두에게 공개됩니다."),
    Why.ROLL_EMPTY: _("명부에 아직 아무도 없습니다. 명부를 먼저 만들어 주세요."),
    Why.ROLL_NOT_LAID_OPEN: _(
        "명부를 아직 열람에 부치지 않았습니다. 열람이 시작되면 여기에서 확인해 주세요."
    ),
    Why.ROLL_STILL_OPEN: _(
        "명부를 %(until)s까지 열람합니다. 그 다음 날부터 투표를 확정할 수 있습니다."
    ),
    Why.ROLL_OBJECTIONS_OVER: _(
        "명부 열람과 이의는 %(until)s까지였습니다. 총회 날 현장 명부에 올릴 수 있으니 사진이 있는"
        " 신분증을 가지고 오세요."
    ),
    Why.ROLL_OBJECTION_WAITING: _("먼저 낸 이의를 두 선거관리인이 살피고 있습니다. 기다려 주세요."),
    Why.ROLL_OBJECTION_EMPTY: _("명부의 무엇이 잘못되었는지 적어 주세요."),
    Why.ROLL_OBJECTIONS_UNDECIDED: _(
        "아직 정하지 않은 명부 이의가 %(number)s건 있습니다. 두 선거관리인이 먼저 정해 주세요."
    ),
    Why.ON_THE_ROLL_ALREADY: _("이미 명부에 올라 있습니다. 더 하실 일이 없습니다."),
    Why.DECIDED_ALREADY: _("이미 두 사람이 정한 이의입니다."),
    Why.BIRTH_DATE_MISSING: _(
        "생년월일이 없는 계정은 명부에 올릴 수 없습니다. 동 담당자가 먼저 자격을 확인해 주세요."
    ),
    Why.CODE_UNKNOWN: _(
        "맞는 번호가 없습니다. 편지의 번호를 다시 보고 적어 주세요. 쓴 번호는 다시 쓸 수 없습니다."
    ),
    Why.CODE_OF_SOMEBODY_ELSE: _(
        "이 번호는 이름이나 생년월일이 다른 분의 것입니다. 본인이 받은 편지가 맞는지 동 주민센터에"
        " 물어봐 주세요."
    ),
    Why.CODE_TOO_OFTEN: _(
        "여러 번 틀렸습니다. 한 시간 뒤에 다시 하거나 동 주민센터에 물어봐 주세요."
    ),
    Why.NOT_PUBLISHED: _("결과를 발표한 다음에 할 수 있습니다."),
    Why.BOX_STILL_SHUT: _(
        "투표함은 아직 열 수 없습니다."
        " 겉봉투와 본인 확인을 결정하고 목록을 확정한 다음 열어 주세요."
    ),
    Why.BOOTH_IS_LOST: _("투표함을 잃은 것으로 결정한 투표소입니다. 셀 투표용지가 없습니다."),
    Why.BOX_IS_COUNTED: _("두 사람이 이미 같은 수로 세었습니다. 이제 바꿀 수 없습니다."),
    Why.NO_NUMBER_OF_SHEETS: _("투표용지가 몇 장인지 숫자로 적어 주세요."),
    Why.BOX_NOT_COUNTED: _(
        "%(booth)s의 투표함을 아직 두 사람이 같은 수로 세지 않았습니다. 먼저 투표함을 세어 주세요."
    ),
    Why.MORE_THAN_IN_THE_BOX: _(
        "%(booth)s의 투표함에 남은 것은 %(left)s장입니다. 그보다 많이 묶을 수 없습니다."
    ),
    Why.BATCH_TOO_SMALL: _(
        "묶음 하나는 %(smallest)s장 이상이어야 합니다."
        " 남은 장을 다른 투표소의 장과 섞어 한 묶음으로 만들어 주세요."
    ),
    Why.BATCH_IS_OVER: _("이미 닫았거나 거둔 묶음입니다. 다른 묶음을 골라 주세요."),
    Why.TURN_TAKEN: _("다른 분이 이 차례를 맡았습니다. 다른 묶음이나 다른 차례를 골라 주세요."),
    Why.TURN_OF_ANOTHER: _(
        "이 묶음의 다른 차례를 이미 맡으셨습니다. 같은 묶음은 저마다 다른 사람이 옮겨 적습니다."
    ),
    Why.NOTHING_TO_SETTLE: _("두 사람이 모두 옮겨 적고 서로 다르게 적은 장만 가립니다."),
    Why.MORE_THAN_COUNTED: _(
        "손으로 센 수는 %(sheets)s장입니다. 장이 더 있거나 모자라면 선거관리인에게 알려, 묶음을"
        " 거두고 다시 세어 주세요."
    ),
    Why.SHEET_ENTERED: _("%(sheet)s번째 장은 이미 적었습니다. 다음 장으로 넘어가 주세요."),
    Why.NOT_ON_THE_SHEET: _("투표용지에 없는 번호입니다. 번호를 다시 확인해 주세요."),
    Why.ENTRIES_MISSING: _("두 사람이 저마다 %(sheets)s장을 모두 옮겨 적은 다음 닫을 수 있습니다."),
    Why.STILL_DIFFERENT: _(
        "두 사람이 다르게 적은 장이 %(number)s장 남았습니다. 세 번째 사람이 가린 다음 닫아 주세요."
    ),
    Why.SHEETS_LEFT: _(
        "%(booth)s의 투표함에 아직 묶지 않은 장이 %(left)s장 있습니다. 모두 묶어 주세요."
    ),
    Why.BATCHES_OPEN: _("아직 닫지 않은 묶음이 있습니다: %(batches)s번. 모두 닫아 주세요."),
    Why.OPENED_BY_HOLDERS: _(
        "온라인이나 단말로도 받은 투표입니다. 봉투를 연 결과를 확인하면 종이 표가 함께 세어집니다."
    ),
    Why.NOT_COUNTING: _("이 투표의 투표사무원이나 선거관리인만 할 수 있습니다."),
    Why.NOT_FROZEN: _("안건을 확정한 다음에 할 수 있습니다."),
    Why.OUTSIDE_TOO_LATE: _(
        "결과를 발표했거나 무효가 된 투표입니다. 바깥에서 센 합계는 발표하기 전에만 올립니다."
    ),
    Why.OUTSIDE_ONLY_APART: _(
        "바깥에서 센 표는 따로 보이기만 하고 결과에 더하지 않습니다. 세는 법에서 빼 주세요."
    ),
    Why.COUNTED_LATER_THAN_TODAY: _("센 날이 오늘보다 늦습니다. 날짜를 다시 확인해 주세요."),
    Why.WITHDRAWN_ALREADY: _("이미 거둔 합계입니다."),
    Why.NOT_A_HALL_VOTE: _("회의장 투표가 아닙니다. 종이는 묶어서 옮겨 적어 주세요."),
    Why.COUNTED_ALOUD: _(
        "회의장 투표는 소리 내어 세고 합계만 적습니다. ‘종이 세기’에서 합계를 적어 주세요."
    ),
    Why.HALL_IS_NOT_LOST: _(
        "회의장 투표는 투표소가 하나뿐입니다."
        " 투표함을 잃었으면 까닭을 밝히고 투표를 무효로 해 주세요."
    ),
    Why.HALL_ONE_BOOTH: _("회의장 투표는 한 곳에서 합니다. 투표소를 하나만 정해 주세요."),
    Why.HALL_ONE_STYLE: _(
        "회의장 투표는 모두 같은 투표지로 합니다. 투표지 종류를 하나로 정해 주세요."
    ),
    Why.HALL_ONLY_TOTALS: _(
        "회의장 투표는 합계만 남습니다. 찬반, 많은 표 차례, 예산 안에서 많은 표 차례 가운데"
        " 하나로 세고, 표를 통째로 공개하지 않는 것으로 정해 주세요."
    ),
    Why.TOTALS_AGREED: _("두 사람이 이미 같은 합계를 적었습니다. 이제 바꿀 수 없습니다."),
    Why.TOTALS_MISSING: _(
        "두 개표인이 같은 합계를 적어야 합니다. 소리 내어 센 다음 저마다 적어 주세요."
    ),
    Why.MORE_SLIPS_THAN_GIVEN: _(
        "나누어 준 투표용지는 %(given)s장인데 투표함에서 %(slips)s장이 나왔습니다."
        " 다시 세어 보고, 그래도 많으면 까닭을 밝히고 투표를 무효로 해 주세요."
    ),
    Why.NOT_EVERY_SLIP: _(
        "%(question)s번 안건: 유효, 기권, 무효를 더하면 %(counted)s장인데 투표함에서 나온 것은"
        " %(slips)s장입니다. 다시 세어 주세요."
    ),
    Why.MORE_VOTES_THAN_VALID: _(
        "%(question)s번 안건: 유효한 %(valid)s장보다 표가 많은 것이 있습니다. 다시 세어 주세요."
    ),
    Why.CHOICES_DO_NOT_FIT: _(
        "%(question)s번 안건: 고른 것이 모두 %(choices)s표입니다. 유효한 장이 고를 수 있는 수는"
        " %(least)s에서 %(most)s표까지입니다. 다시 세어 주세요."
    ),
    Why.TALLY_SHEET_MISSING: _("집계표의 사진이 아직 없습니다. 찍은 사진을 함께 올려 주세요."),
    Why.MINUTES_MISSING: _("서명한 개표록이 아직 없습니다. 사진이나 PDF를 함께 올려 주세요."),
    Why.NOTHING_TO_EXPLAIN: _(
        "까닭을 적을 수 있는 것은 손으로 센 수가 다를 때뿐입니다. 화면을 새로 열어 확인해 주세요."
    ),
    Why.NOBODY_ASKED: _("아직 아무도 뽑히지 않았습니다. 먼저 추첨 숫자를 적어 주세요."),
    Why.MORE_ANSWERS_THAN_LETTERS: _(
        "보낸 편지는 %(asked)s통입니다. 답의 수를 다시 확인해 주세요."
    ),
    Why.COULD_CHANGE_AN_OUTCOME: _(
        "%(number)s장의 차이로 결과가 달라질 수 있어 까닭만으로는 발표할 수 없습니다."
        " 다시 세거나, 그 투표소의 투표를 다시 하거나, 투표를 무효로 해 주세요."
    ),
}

PROGRAMS = {
    opening.PROGRAM: _("명령줄 프로그램"),
    opening.HOLDERS_FILE: _("열쇠 보관인의 파일"),
}
"""What opened the ballots."""

EQUATIONS = {
    "poll_book_is_as_derived": _("투표자명부가 봉투와 본인 확인에서 다시 셈한 것과 같습니다"),
    "roll_is_as_frozen": _("선거인명부가 확정할 때와 같습니다"),
    "board_holds_every_envelope": _("모든 봉투가 게시판에 있습니다"),
    "list_is_as_fixed": _("개표한 목록이 확정한 목록과 같습니다"),
    "participants_within_roll": _("투표한 사람이 선거인보다 많지 않습니다"),
    "opened_is_electronic": _("연 봉투의 수가 온라인과 단말로 투표한 사람 수와 같습니다"),
    "opened_adds_up": _("연 표 = 유효 + 기권 + 무효"),
    "stored_is_opened": _("공개한 표의 수가 유효와 기권을 더한 수와 같습니다"),
    "paper_is_as_entered": _("게시판의 묶음 번호가 옮겨 적은 내용에서 나온 것과 같습니다"),
    "sheets_are_checked_in": _("투표함의 장과 가져간 장이 종이로 본인 확인한 사람 수와 같습니다"),
    "signatures": _("서명부의 서명이 본인 확인한 사람 수와 같습니다"),
    "every_sheet_in_a_batch": _("투표함의 모든 장이 묶음에 들어 있습니다"),
    "choices_within_limit": _("고른 수가 한 사람이 고를 수 있는 수를 넘지 않습니다"),
}

QUESTION_NUMBER = _("%(number)s번 안건")
BOOTH_NUMBER = _("투표소 %(number)s")


def equation(name) -> tuple[str, str]:
    """Of what an equation speaks (a question, a booth, or nothing), and what it says."""
    part, _dot, what = name.rpartition(".")
    which = ""
    if part:
        number = {"number": part[1:]}
        which = str((BOOTH_NUMBER if part[0] == "b" else QUESTION_NUMBER) % number)
    return which, str(EQUATIONS[what])


BLANK, INVALID = _("기권"), _("무효")

OUTSIDE = {
    Kind.STICKERS: _("거리 스티커"),
    Kind.MVOTING: _("엠보팅"),
    Kind.KVOTING: _("온라인투표시스템(K-Voting)"),
    Kind.OTHER: _("그 밖의 방법"),
}
"""Where votes were counted that are not of this box."""
OUTSIDE_HEADS = ["안건", "번호", "표"]
OUTSIDE_OPTIONAL = ["이름"]

TOTALS = {
    "signatures": _("서명부의 서명"),
    "given": _("나누어 준 투표용지"),
    "slips": _("투표함에서 나온 투표용지"),
    "valid": _("유효"),
    "blank": BLANK,
    "invalid": INVALID,
}
"""What is counted aloud."""


def total(name: str, titles) -> str:
    """The words of a number of a hall vote (`slips`, `q1.valid`, `q1.3`); `titles` names the
    options as `q1.3`."""
    key, _dot, what = name.rpartition(".")
    words = str(titles.get(name) or TOTALS[what])
    return f"{QUESTION_NUMBER % {'number': key[1:]}} {words}" if key else words


UNREADABLE = _("알아볼 수 없음 (무효)")
MARKS_ON_A_SHEET = {
    Marking.RANK: _(
        "네모에 적힌 순위를 그대로 적습니다. 같은 순위가 둘이거나 건너뛴 순위가 있으면 무효입니다."
    ),
    Marking.SCORE: _("네모에 적힌 점수를 그대로 적습니다. 빈 네모는 비워 둡니다."),
}
MARK = {Marking.CHOOSE: "%(number)s", Marking.RANK: _("%(value)s순위 %(number)s"),
        Marking.SCORE: _("%(number)s번 %(value)s점")}  # fmt: skip


def said(how, answer) -> str:
    """What a sheet says of one question that is marked so."""
    if answer is None:
        return str(INVALID)
    told = [
        str(MARK[how.marking]) % {"number": number, "value": value}
        for number, value in how.marks(answer)
    ]
    return ", ".join(told) or str(BLANK)


ACTS = {
    "declared_lost": _("투표소의 투표함을 잃은 것으로 보자고 했습니다"),
    "booth_lost": _("투표소의 투표함을 잃은 것으로 결정했습니다"),
    "asked_to_extend": _("마감을 늘리자고 했습니다"),
    "extended": _("마감을 늘렸습니다"),
    "letters_answered": _("확인 편지의 답을 적었습니다"),
    "confirmed_counts": _("종이 표를 센 수를 확인했습니다"),
    "explained": _("숫자가 다른 까닭을 적었습니다"),
    "imported_outside": _("바깥에서 센 합계를 올렸습니다"),
    "withdrew_outside": _("바깥에서 센 합계를 거두었습니다"),
    "read_totals": _("소리 내어 센 합계를 적었습니다"),
    "agreed_totals": _("두 사람이 같은 합계를 적었습니다"),
    "froze": _("투표를 확정했습니다"),
    "opened_poll": _("투표가 열렸습니다"),
    "closed": _("투표를 마감했습니다"),
    "fixed_list": _("개표할 목록을 확정했습니다"),
    "list_taken": _("개표 묶음을 받아 갔습니다"),
    "brought_opening": _("연 결과를 올렸습니다"),
    "confirmed_opening": _("연 결과를 확인했습니다"),
    "wrote_seed": _("추첨 숫자를 적었습니다"),
    "counted": _("표를 세었습니다"),
    "confirmed_publication": _("발표에 동의했습니다"),
    "published": _("결과를 발표했습니다"),
    "fell_behind": _("바깥에 적어 둔 게시판보다 뒤에 있는 것을 알았습니다"),
    "confirmed_board": _("바깥의 게시판으로 되살리는 데 동의했습니다"),
    "board_restored": _("바깥의 게시판으로 되살렸습니다"),
    "voided": _("무효로 했습니다"),
    "destroyed": _("봉투를 없앴습니다"),
}

WHY = {
    "carried": _("찬성이 필요한 %(needed)s표를 넘어 통과되었습니다."),
    "not_carried": _("찬성이 필요한 %(needed)s표에 이르지 못해 통과되지 않았습니다."),
    "not_carried_by": _(
        "찬성이 필요한 %(needed)s표에 이르지 못했습니다. 찬성이 %(missing_votes)s표 더 있었다면"
        " 통과되었습니다."
    ),
    "no_votes": _("고른 분이 없어 선정되지 않았습니다."),
    "most_votes": _("표가 많은 차례로 선정되었습니다."),
    "most_votes_drawn": _("표가 같아 미리 정한 추첨 숫자로 차례를 정했고, 선정되었습니다."),
    "fewer_votes": _("%(missing_votes)s표가 더 있었다면 선정되었습니다."),
    "fewer_votes_drawn": _("표가 같아 미리 정한 추첨 숫자로 차례를 정했고, 선정되지 않았습니다."),
    "most_points_rank": _(
        "1순위로 적은 분이 %(firsts)s명이고, 점수가 많은 차례로 %(place)s번째라 선정되었습니다."
    ),
    "most_points_rank_drawn": _(
        "1순위로 적은 분이 %(firsts)s명이고, 점수가 같아 미리 정한 추첨 숫자로 %(place)s번째가 되어"
        " 선정되었습니다."
    ),
    "fewer_points_rank": _(
        "1순위로 적은 분이 %(firsts)s명입니다. %(missing_ballots)s명이 더 1순위로 적었다면"
        " 선정되었습니다."
    ),
    "fewer_points_rank_drawn": _(
        "1순위로 적은 분이 %(firsts)s명이고, 점수가 같아 미리 정한 추첨 숫자로 %(place)s번째가 되어"
        " 선정되지 않았습니다."
    ),
    "most_points_score": _(
        "%(givers)s명이 점수를 주었고, 점수가 많은 차례로 %(place)s번째라 선정되었습니다."
    ),
    "most_points_score_drawn": _(
        "%(givers)s명이 점수를 주었고, 점수가 같아 미리 정한 추첨 숫자로 %(place)s번째가 되어"
        " 선정되었습니다."
    ),
    "fewer_points_score": _(
        "%(givers)s명이 점수를 주었습니다. %(missing_votes)s점이 더 있었다면 선정되었습니다."
    ),
    "fewer_points_score_drawn": _(
        "%(givers)s명이 점수를 주었고, 점수가 같아 미리 정한 추첨 숫자로 %(place)s번째가 되어"
        " 선정되지 않았습니다."
    ),
    "taken": _("%(place)s번째 차례였고, 남은 예산 %(remaining)s에 들어갔습니다."),
    "taken_drawn": _(
        "표가 같아 미리 정한 추첨 숫자로 %(place)s번째 차례가 되었고,"
        " 남은 예산 %(remaining)s에 들어갔습니다."
    ),
    "below_minimum": _(
        "선정되는 데 필요한 표에 이르지 못했습니다."
        " %(missing_votes)s표가 더 있었다면 선정되었습니다."
    ),
    "below_minimum_never": _("선정되는 데 필요한 표에 이르지 못했습니다."),
    "dearer_than_budget": _("예산 전체보다 비용이 커서 선정될 수 없었습니다."),
    "does_not_fit": _(
        "차례가 되었을 때 남은 예산이 %(missing_money)s 모자랐습니다."
        " %(missing_votes)s표가 더 있었다면 선정되었습니다."
    ),
    "does_not_fit_never": _("차례가 되었을 때 남은 예산이 %(missing_money)s 모자랐습니다."),
    "after_the_stop": _(
        "앞선 차례에서 예산이 모자라 셈이 끝났습니다. %(missing_votes)s표가 더 있었다면"
        " 선정되었습니다."
    ),
    "after_the_stop_never": _("앞선 차례에서 예산이 모자라 셈이 끝났습니다."),
    "shared": _("고른 분들이 한 사람에 많아야 %(price)s씩 내어 %(place)s번째로 선정되었습니다."),
    "shared_drawn": _(
        "값이 같아 미리 정한 추첨 숫자로 %(place)s번째 차례가 되었고, 고른 분들이 한 사람에"
        " 많아야 %(price)s씩 내어 선정되었습니다."
    ),
    "carried_together": _(
        "고른 분들이 비용을 나누어 져도 짐이 가장 가벼워 %(place)s번째로 선정되었습니다."
    ),
    "with_the_rest": _("몫으로 살 수 있는 것을 다 산 다음, 남은 예산으로 선정되었습니다."),
    "supporters_had_too_little": _(
        "고른 분들에게 남은 몫이 모두 %(supporters_left)s이라 %(missing_money)s 모자랐습니다."
        "%(rival)s %(missing_votes)s표가 더 있었다면 선정되었습니다."
    ),
    "supporters_had_too_little_never": _(
        "고른 분들에게 남은 몫이 모두 %(supporters_left)s이라 %(missing_money)s 모자랐습니다."
        "%(rival)s"
    ),
    "in_the_best_set": _(
        "예산 안에 드는 묶음 가운데 표를 더한 수가 가장 큰 묶음에 들어 선정되었습니다."
    ),
    "not_in_the_best_set": _(
        "이것을 넣으면 다른 것이 빠져, 더한 표가 더 늘지 않습니다."
        " %(missing_votes)s표가 더 있었다면 선정되었습니다."
    ),
    "not_in_the_best_set_never": _("이것을 넣으면 다른 것이 빠져, 더한 표가 더 늘지 않습니다."),
    "outweighed": _(
        "다른 것들이 먼저 선정되었습니다. %(missing_votes)s표가 더 있었다면 선정되었습니다."
    ),
    "outweighed_never": _("다른 것들이 먼저 선정되었습니다."),
}
RIVAL = _(" 이분들의 몫은 먼저 ‘%(title)s’에 %(paid)s 쓰였습니다.")


def why(outcome, money_facts) -> str:
    """The sentence of an outcome; the fullest one its facts allow.

    Of a yes-or-no question the sentence stands at yes alone.
    """
    if outcome.why in ("carried", "not_carried") and outcome.option.number != 1:
        return ""
    counted = {"votes": outcome.votes, "place": outcome.place}
    facts = outcome.facts | counted | money_facts
    if not (outcome.won or outcome.votes or outcome.why == "not_carried"):
        return str(WHY["no_votes"])  # how many it lacked depends on what others got
    ending = ""
    if facts.get("drawn") and f"{outcome.why}_drawn" in WHY:
        ending = "_drawn"
    elif facts.get("missing_votes") is None and f"{outcome.why}_never" in WHY:
        ending = "_never"
    elif outcome.why == "not_carried" and facts.get("missing_votes"):
        ending = "_by"
    figures = {name: f"{fact:,}" if isinstance(fact, int) else fact for name, fact in facts.items()}
    return str(WHY[outcome.why + ending]) % figures


BALLOT_WORDS = {
    "step1": _("고르기"),
    "step2": _("확인하기"),
    "step3": _("넣기"),
    "step4": _("확인증"),
    "which": _("{n}번 안건: "),
    "none": _("아직 고르지 않았습니다"),
    "count": _("{n}가지"),
    "of": _("{most}가지까지 고를 수 있습니다"),
    "sum": _("{n}가지, {sum}"),
    "left": _("{limit} 가운데 {left} 남음"),
    "over_count": _("{most}가지까지만 고를 수 있습니다. {over}가지를 빼 주세요."),
    "under_count": _("{least}가지 이상 골라 주세요. 아니면 모두 비워 기권할 수 있습니다."),
    "none_ranked": _("아직 순위를 정하지 않았습니다"),
    "ranked": _("{n}순위까지 정했습니다"),
    "of_ranks": _("{most}순위까지 정할 수 있습니다"),
    "over_ranks": _("{most}순위까지만 정할 수 있습니다. {over}가지를 빼 주세요."),
    "under_ranks": _("{least}순위까지는 정해 주세요. 아니면 모두 비워 기권할 수 있습니다."),
    "place": _("{place}순위"),
    "moved": _("‘{title}’을(를) {place}순위로 옮겼습니다."),
    "move_up": _("{title} 위로"),
    "move_down": _("{title} 아래로"),
    "none_given": _("아직 점수를 주지 않았습니다"),
    "given": _("{n}가지에 {sum}점"),
    "points": _("{points}점"),
    "of_points": _("하나에 {most}점까지 줄 수 있습니다"),
    "points_left": _("{limit}점 가운데 {left}점 남음"),
    "wrong_points": _("‘{title}’에 준 점수를 0에서 {most} 사이의 숫자로 적어 주세요."),
    "over_points": _("모두 더해 {limit}점까지입니다. {over}점을 빼 주세요."),
    "over_limit": _("{over} 넘었습니다. 다른 것을 빼 주세요."),
    "note_full": _("이미 {most}가지를 골랐습니다. 다른 것을 빼면 담을 수 있습니다."),
    "note_money": _("{missing} 모자랍니다. 다른 것을 빼면 담을 수 있습니다."),
    "review": _("이렇게 고르셨습니다"),
    "review_lead": _("아직 투표함에 넣지 않았습니다. 천천히 확인해 주세요."),
    "blank": _("고르지 않았습니다(기권)."),
    "sealing": _("이 기기에서 표를 잠그고 있습니다."),
    "sending": _("잠근 표를 보내고 있습니다."),
    "again": _("연결이 고르지 않아 같은 표를 다시 보냅니다."),
    "failed": _(
        "아직 넣지 못했습니다. 연결을 확인하고 다시 보내 주세요. 같은 표라서 두 번 세지 않습니다."
    ),
    "done": _("투표함에 들어갔습니다"),
    "done_lead": _("고맙습니다. 아래 확인 번호를 간직해 주세요."),
    "not_ready": _("투표 명세를 불러오지 못했습니다. 연결을 확인하고 새로 열어 주세요."),
    "insecure": _("이 주소에서는 표를 잠글 수 없습니다. https로 시작하는 주소로 열어 주세요."),
}
"""What the ballot page says while it runs; `{…}` is filled in there."""

FLAWS = {
    "not_text": _("글자로 읽을 수 없는 파일입니다. UTF-8이나 CP949로 저장해 주세요."),
    "no_section": _("META, PROJECTS, VOTES 가운데 빠진 부분이 있습니다."),
    "section_twice": _("같은 부분이 두 번 있습니다. 하나를 지워 주세요."),
    "no_column": _("있어야 할 칸이 없습니다. 머리줄을 확인해 주세요."),
    "column_twice": _("같은 이름의 칸이 두 번 있습니다."),
    "no_key": _("META에 예산(budget)이나 투표 종류(vote_type)가 없습니다."),
    "unknown_vote_type": _("모르는 투표 종류입니다."),
    "no_number": _("숫자가 있어야 할 자리에 다른 것이 있습니다."),
    "negative": _("0보다 작은 금액은 쓸 수 없습니다."),
    "bad_id": _("사업 번호가 비었거나 쉼표가 들어 있습니다."),
    "project_twice": _("같은 사업이 두 번 있습니다. 하나를 지워 주세요."),
}
"""Why a `.pb` file is refused, by the code of `decide.pabulib`."""

ROLL_CLAIMS = {
    RollClaim.MISSING: _("나는 명부에 있어야 하는데 없습니다"),
    RollClaim.WRONG: _("내 줄의 이름이 틀렸습니다"),
    RollClaim.OTHER: _("그 밖에 명부가 잘못되었습니다"),
}
ROLL_PHASES = {
    None: ("waiting", _("살피는 중")),
    True: ("decided", _("받아들임")),
    False: ("refused", _("받아들이지 않음")),
}
DECIDE_OBJECTION = _("명부 이의 정하기")
