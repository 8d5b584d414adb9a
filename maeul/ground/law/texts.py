from fractions import Fraction

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from maeul.core.money import in_words as won_in_words
from maeul.ground.law.rules import LIST, MONTH_DAY, MONTHS, SHARE, WORD, YES_NO, Why

REFUSALS = {
    Why.UNKNOWN_KEY: _("‘%(key)s’ 항목은 규정 목록에 없습니다. 목록에서 항목을 골라 주세요."),
    Why.NOT_DELEGATED: _(
        "조례가 동 운영세칙에 맡기지 않은 항목입니다. 구 전체의 규정으로 넣어 주세요."
    ),
    Why.BYLAW_WITHOUT_DONG: _(
        "동 운영세칙은 동을 골라야 하고, 구의 규정은 동을 비워 두어야 합니다."
    ),
    Why.SAME_DAY: _("같은 날부터 시행하는 값이 이미 있습니다. 시행일을 확인해 주세요."),
    Why.NOT_A_NUMBER: _("0 또는 그보다 큰 수를 숫자로만 적어 주세요. 예: 15"),
    Why.NOT_A_SHARE: _("0에서 1 사이의 비율을 분수나 소수로 적어 주세요. 예: 2/3, 0.005"),
    Why.NOT_YES_OR_NO: _("‘예’ 또는 ‘아니요’로 적어 주세요."),
    Why.NOT_A_WORD: _("방법을 나타내는 낱말을 적어 주세요. 예: majority"),
    Why.NOT_A_LIST: _("쉼표로 나누어 하나 이상 적어 주세요."),
    Why.NOT_A_TIME: _("시각을 09:00처럼 적어 주세요."),
    Why.NOT_A_DAY_OF_THE_YEAR: _("날을 12-31처럼 달과 날로 적어 주세요."),
}

HOW_TO_WRITE_NUMBERS = _("숫자로만 적습니다. 정해진 것이 없으면 비워 두세요. 예: 15")
HOW_TO_WRITE = {
    "비율": _("분수나 소수로 적습니다. 예: 2/3, 0.005"),
    "여부": _("‘예’ 또는 ‘아니요’"),
    "방법": _("목록의 낱말을 그대로 적습니다. 예: majority"),
    "목록": _("쉼표로 나눕니다. 예: resident, worker"),
    "월": _("달을 쉼표로 나눕니다. 예: 6, 12"),
    "시각": _("예: 09:00"),
    "월일": _("예: 12-31"),
    "원": _("원 단위로 적습니다. 예: 300,000,000"),
}

GROUPS = {
    "agenda": _("마을의제"),
    "review": _("부서 검토"),
    "council": _("주민자치회 위원"),
    "meetings": _("회의"),
    "assembly": _("주민총회"),
    "plan": _("자치계획"),
    "pb": _("주민참여예산"),
    "grant": _("보조금"),
    "project": _("마을사업"),
    "place": _("공간 예약"),
    "centre": _("자치회관"),
    "pledge": _("공약"),
    "case": _("통합사례관리"),
    "privacy": _("개인정보"),
}

NAMES = {
    "agenda.triage_days": _("한 문장에 첫 답을 주는 기한"),
    "agenda.answer_days": _("의제의 다음 답을 주는 기한"),
    "review.answer_days": _("부서 검토의 답변 기한"),
    "council.max_members": _("위원 정원"),
    "council.min_members": _("위원 수의 하한"),
    "council.member_min_age": _("위원이 될 수 있는 나이"),
    "council.grounds": _("위원이 될 수 있는 사람"),
    "council.education_hours_before_draw": _("추첨 전 주민자치학교 이수 시간"),
    "council.education_hours_renewal_per_year": _("연임에 필요한 한 해 교육 시간"),
    "council.gender_max_share": _("한 성별의 최대 비율"),
    "council.gender_rule": _("성별 비율의 성격"),
    "council.priority_share_max": _("우선 선정의 최대 비율"),
    "council.priority_groups": _("우선 선정 대상"),
    "council.term_years": _("위원 임기"),
    "council.max_consecutive_renewals": _("연임 횟수"),
    "council.cool_off_years": _("연임 뒤 쉬는 기간"),
    "council.dismissed_bar_years": _("위촉 해제 뒤 다시 지원할 수 없는 기간"),
    "council.recruit_notice_min_days": _("위원 모집 공고 기간"),
    "council.list_submit_days": _("선정 뒤 명단 제출 기한"),
    "council.appoint_days": _("명단을 받은 뒤 위촉 기한"),
    "council.publish_within_months": _("위촉 뒤 인적사항 공고 기한"),
    "council.publish_days": _("인적사항 공고 기간"),
    "council.vacancy_skip_if_remaining_months_lt": _("빈자리를 채우지 않는 남은 임기"),
    "council.lottery_committee_max": _("위원추첨위원회 정원"),
    "council.auditors_min": _("감사 수의 하한"),
    "council.audit_report_months_after_fy": _("회계연도 뒤 감사 보고 기한"),
    "council.chair_election_secret": _("회장 선거의 비밀투표"),
    "council.chair_election_attendance": _("회장 선거의 출석 정족수"),
    "council.chair_election_rule": _("회장 당선을 정하는 방법"),
    "council.chair_resident_only": _("회장 후보를 동에 사는 위원으로 한정"),
    "council.dismissal_motion_member_share": _("위촉 해제를 발의할 위원 비율"),
    "council.dismissal_motion_resident_signatures": _("위촉 해제를 발의할 주민 서명 수"),
    "council.dismissal_quorum": _("위촉 해제 회의의 의사정족수"),
    "council.dismissal_pass": _("위촉 해제의 의결 비율"),
    "meetings.plenary_notice_days": _("전체회의 알림 기한"),
    "meetings.regular": _("정기 전체회의 횟수"),
    "meetings.quorum": _("전체회의 의사정족수"),
    "meetings.pass": _("전체회의 의결정족수"),
    "meetings.extra_by": _("임시 전체회의를 요구할 수 있는 사람"),
    "meetings.extra_member_share": _("임시 전체회의를 요구할 위원 비율"),
    "meetings.remote_allowed": _("비대면 회의를 여는 경우"),
    "meetings.publish_days": _("회의 자료·회의록 공개 기한"),
    "assembly.per_year": _("한 해에 여는 주민총회"),
    "assembly.promote_days_before": _("주민총회를 알리기 시작하는 날"),
    "assembly.grounds": _("주민총회에 참여할 수 있는 사람"),
    "assembly.voting_age": _("주민총회 투표 나이"),
    "assembly.quorum": _("주민총회 의사정족수"),
    "assembly.quorum_base": _("의사정족수를 세는 바탕"),
    "assembly.quorum_times": _("의사정족수가 위원 수의 몇 배인지"),
    "assembly.no_quorum": _("정족수를 채우지 못했을 때"),
    "assembly.early_vote": _("사전투표"),
    "assembly.early_weight": _("사전투표 반영비율"),
    "assembly.pass": _("주민총회 의결정족수"),
    "assembly.method": _("투표 방법을 정하는 때"),
    "assembly.freeze_rules_before_open": _("투표 전에 규칙 굳히기"),
    "assembly.roll_days": _("선거인명부 열람 기간"),
    "assembly.objection_days": _("이의신청 기간"),
    "assembly.objection_answer_days": _("이의에 답하는 기간"),
    "plan.remind_days": _("자치계획 기한을 알리는 간격"),
    "plan.submit_months": _("자치계획 제출 기한"),
    "plan.reply_months": _("구청장 답변 기한"),
    "plan.valid_until": _("자치계획의 효력"),
    "pb.committee_max": _("주민참여예산위원회 정원"),
    "pb.open_call": _("공개모집 위원 수"),
    "pb.per_dong_recommended": _("동마다 추천하는 위원 수"),
    "pb.gender_max_share": _("참여예산위원 한 성별의 최대 비율"),
    "pb.gender_rule": _("참여예산위원 성별 비율의 성격"),
    "pb.term_years": _("참여예산위원 임기"),
    "pb.renewals": _("참여예산위원 연임 횟수"),
    "pb.plan_notice_days": _("운영계획 공고 기간"),
    "pb.project_cap_won": _("사업 하나의 최대 금액"),
    "pb.event_cap_won": _("행사성 사업의 최대 금액"),
    "pb.weight_committee": _("위원회 심사 반영비율"),
    "pb.weight_residents": _("주민투표 반영비율"),
    "pb.envelope_proposal_won": _("주민제안형 예산"),
    "pb.envelope_governance_won": _("주민협치형 예산"),
    "grant.call_min_days": _("보조금 공모 기간"),
    "grant.report_months": _("실적보고 기한"),
    "grant.verified_from_won": _("정산 검증을 받아야 하는 금액"),
    "grant.audit_from_won": _("회계감사를 받아야 하는 금액"),
    "grant.asset_report_days": _("중요재산 취득 보고 기한"),
    "grant.asset_change_months": _("중요재산 변동을 보고하는 달"),
    "grant.publish_years_real_estate": _("부동산 공시 기간"),
    "grant.publish_years_equipment": _("장비 공시 기간"),
    "grant.docs_keep_years": _("증빙 보관 기간"),
    "project.answer_days": _("올린 지출에 답하는 기한"),
    "place.longest_notice_days": _("예약할 수 있는 가장 먼 날"),
    "centre.weekday_opens": _("자치회관 평일 여는 시각"),
    "centre.weekday_closes": _("자치회관 평일 닫는 시각"),
    "centre.night_closes": _("자치회관 야간 닫는 시각"),
    "centre.refund_full_until": _("수강료를 모두 돌려받는 때"),
    "centre.instructor_contract_months": _("강사 계약 단위"),
    "centre.instructor_max_years": _("강사 계약의 최대 기간"),
    "centre.report_annual_plan_by": _("자치회관 한 해 계획 제출"),
    "centre.report_halfyear_day": _("반기 운영결과 보고"),
    "centre.report_monthly_day": _("다달이 수입·지출 보고"),
    "centre.report_quarterly_balance_day": _("분기 예금 잔액 보고"),
    "pledge.plan_publish_months": _("공약 실천계획 공개 기한"),
    "pledge.jury_size": _("주민배심원 수"),
    "pledge.jury_cycle": _("주민배심원 주기"),
    "pledge.jury_strata": _("주민배심원을 고르게 뽑는 기준"),
    "case.assess_days": _("욕구·위기도 조사 기한"),
    "case.conference_days": _("사례회의 기한"),
    "case.plan_days": _("서비스 제공계획 기한"),
    "case.total_days": _("접수부터 계획까지"),
    "case.survey": _("복지사각지대 조사 주기"),
    "case.retention_years": _("사례 기록 보관 기간"),
    "privacy.log_days": _("접속 기록 보관 기간"),
    "privacy.log_review": _("접속 기록 점검 주기"),
    "privacy.download_reason": _("내려받을 때 까닭 적기"),
    "privacy.min_account_age": _("가입할 수 있는 나이"),
    "privacy.breach_report_count": _("유출을 신고해야 하는 사람 수"),
    "privacy.file_register_days": _("개인정보파일 등록 기한"),
    "privacy.pia_sensitive": _("영향평가 대상: 민감·고유식별정보"),
    "privacy.pia_linked": _("영향평가 대상: 연계한 뒤"),
    "privacy.pia_total": _("영향평가 대상: 전체"),
}

WORDS = {
    "age": _("나이"),
    "chair": _("자치회장"),
    "consult": _("주민 의견으로 남김"),
    "day_before_next_assembly": _("다음 주민총회 전날까지"),
    "day_before_start": _("개강일 전날까지"),
    "disabled": _("장애인"),
    "disaster_only": _("재난 때만"),
    "dong": _("동"),
    "dong_head": _("동장"),
    "extend": _("투표를 한 번 늘림"),
    "hall": _("총회장에서"),
    "hard": _("반드시 지킴"),
    "majority": _("과반수"),
    "majority_present": _("출석 과반수"),
    "members": _("위원 일부"),
    "monthly": _("달마다"),
    "multicultural": _("다문화가족"),
    "online": _("온라인으로"),
    "online_and_hall": _("온라인과 총회장에서"),
    "org_member": _("동의 학교·단체에 속한 사람"),
    "per_assembly": _("주민총회마다 전체회의가 정함"),
    "permanent_foreigner": _("동에 등록된 영주 외국인"),
    "plurality": _("가장 많은 표"),
    "population": _("동 인구"),
    "quarterly": _("분기마다"),
    "reconvene": _("총회를 다시 엶"),
    "resident": _("동에 사는 주민"),
    "sex": _("성별"),
    "soft": _("노력하는 기준"),
    "two_thirds": _("3분의 2 이상"),
    "worker": _("동에서 일하는 사람"),
    "yearly": _("해마다"),
    "youth": _("청년"),
}


def in_words(value, unit) -> str:
    """A value as people say it: "3분의 2", "0.5%", "3억원", "과반수"."""
    if value is None:
        return gettext("정하지 않음")
    if unit == SHARE:
        return share_in_words(value)
    if unit == YES_NO:
        return gettext("예") if value else gettext("아니요")
    if unit == WORD:
        return str(WORDS.get(value, value))
    if unit == LIST:
        return ", ".join(str(WORDS.get(one, one)) for one in value)
    if unit == MONTHS:
        return ", ".join(gettext("%(month)s월") % {"month": one} for one in value)
    if unit == MONTH_DAY:
        month, day = value.split("-")
        return gettext("%(month)s월 %(day)s일까지") % {"month": int(month), "day": int(day)}
    if unit == "원":
        return won_in_words(value)
    if unit == "다음 달 며칠":
        return gettext("다음 달 %(day)s일까지") % {"day": value}
    return f"{value:,}{unit}" if isinstance(value, int) else str(value)


def share_in_words(text: str) -> str:
    """
    >>> share_in_words("2/3"), share_in_words("0.005")
    ('3분의 2', '0.5%')
    """
    if "/" in text:
        above, below = text.split("/")
        return gettext("%(below)s분의 %(above)s") % {"above": above, "below": below}
    percent = Fraction(text) * 100
    return f"{float(percent):g}%"
