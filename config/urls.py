from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("assemblies/", include("maeul.decision.assembly.urls")),
    path("plans/", include("maeul.decision.plan.urls")),
    path("budget/", include("maeul.decision.budget.urls")),
    path("agenda/", include("maeul.voice.agenda.urls")),
    path("review/", include("maeul.voice.review.urls")),
    path("district/", include("maeul.ground.district.urls")),
    path("grants/", include("maeul.works.grant.urls")),
    path("law/", include("maeul.ground.law.urls")),
    path("ledger/", include("maeul.vault.ledger.urls")),
    path("notice/", include("maeul.ground.notice.urls")),
    path("projects/", include("maeul.works.project.urls")),
    path("records/", include("maeul.vault.record.urls")),
    path("money/", include("maeul.works.pledge.urls")),
    path("people/", include("maeul.ground.people.urls")),
    path("votes/", include("maeul.vault.ballot.urls")),
    path("yearbooks/", include("maeul.public.yearbook.urls")),
    path("", include("maeul.public.portal.urls")),
    path("council/", include("maeul.council.membership.urls")),
    path("meetings/", include("maeul.council.meeting.urls")),
    path("", include("maeul.core.urls")),
]

handler400 = "maeul.core.errors.bad_request"
handler403 = "maeul.core.errors.not_allowed"
handler404 = "maeul.core.errors.not_found"
handler500 = "maeul.core.errors.broken"
