from django.urls import path

from maeul.works.project import views

app_name = "project"

urlpatterns = [
    # a dong's projects
    path("dongs/<slug:code>/<int:year>/", views.dong_year, name="dong_year"),
    # a project
    path("start/<int:allocation_id>/", views.start, name="start"),
    path("<int:project_id>/", views.project, name="project"),
    path("<int:project_id>/lines/new/", views.plan_line, name="plan_line"),
    path("<int:project_id>/steps/new/", views.plan_step, name="plan_step"),
    path("<int:project_id>/people/new/", views.take_in, name="take_in"),
    path("<int:project_id>/work/", views.work, name="work"),
    path("<int:project_id>/suspend/", views.suspend, name="suspend"),
    path("<int:project_id>/resume/", views.resume, name="resume"),
    path("<int:project_id>/cancel/", views.cancel, name="cancel"),
    path("<int:project_id>/complete/", views.complete, name="complete"),
    path("<int:project_id>/share/", views.share, name="share"),
    path("steps/<int:step_id>/finish/", views.finish_step, name="finish_step"),
    # its spending
    path("<int:project_id>/spending/new/", views.ask_spending, name="ask_spending"),
    path("spending/<int:expenditure_id>/", views.expenditure, name="expenditure"),
    path("spending/<int:expenditure_id>/approve/", views.approve_spending, name="approve_spending"),
    path("spending/<int:expenditure_id>/return/", views.return_spending, name="return_spending"),
    path(
        "spending/<int:expenditure_id>/take-back/",
        views.take_back_spending,
        name="take_back_spending",
    ),
    path("evidence/<int:evidence_id>/", views.evidence, name="evidence"),
    # what the bank told
    path("<int:project_id>/interest/new/", views.note_interest, name="note_interest"),
    path("<int:project_id>/own/new/", views.pay_in_own, name="pay_in_own"),
    path("notices/<int:notice_id>/", views.notice, name="notice"),
    path("notices/<int:notice_id>/paper/", views.notice_paper, name="notice_paper"),
    # changes
    path("<int:project_id>/changes/new/", views.ask_change, name="ask_change"),
    path("changes/<int:change_id>/", views.change, name="change"),
    path("changes/<int:change_id>/approve/", views.approve_change, name="approve_change"),
    path("changes/<int:change_id>/return/", views.return_change, name="return_change"),
    # settlement
    path("<int:project_id>/settle/", views.ask_settlement, name="ask_settlement"),
    path("settlements/<int:settlement_id>/", views.settlement, name="settlement"),
    path(
        "settlements/<int:settlement_id>/paper/",
        views.settlement_paper,
        name="settlement_paper",
    ),
    path(
        "settlements/<int:settlement_id>/approve/",
        views.approve_settlement,
        name="approve_settlement",
    ),
    path(
        "settlements/<int:settlement_id>/return/",
        views.return_settlement,
        name="return_settlement",
    ),
    path("purses/<int:purse_id>/refund/", views.refund, name="refund"),
]
