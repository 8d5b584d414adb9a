from django.urls import path

from maeul.decision.assembly.views import (
    holding,
    objecting,
    preparing,
    promoting,
    reading,
    rolling,
    ruling,
)

app_name = "assembly"

urlpatterns = [
    path("", reading.assemblies, name="assemblies"),
    path("dongs/<slug:code>/", reading.dong, name="dong"),
    path("dongs/<slug:code>/convene/", preparing.convene, name="convene"),
    path("<int:assembly_id>/", reading.assembly, name="assembly"),
    path("<int:assembly_id>/prepare/", preparing.prepare, name="prepare"),
    path("<int:assembly_id>/rules/", preparing.freeze_rules, name="freeze_rules"),
    path("<int:assembly_id>/questions/new/", preparing.put, name="put"),
    path("<int:assembly_id>/roll/", preparing.build_roll, name="build_roll"),
    path("<int:assembly_id>/roll/import/", rolling.import_roll, name="import_roll"),
    path("<int:assembly_id>/roll/empty.csv", rolling.empty_roll, name="empty_roll"),
    path("<int:assembly_id>/roll/open/", rolling.lay_open_roll, name="lay_open_roll"),
    path("<int:assembly_id>/roll/letters.pdf", rolling.roll_letters, name="roll_letters"),
    path("<int:assembly_id>/roll.pdf", rolling.roll_pdf, name="roll_pdf"),
    path("<int:assembly_id>/officers/", preparing.name_officers, name="name_officers"),
    path("<int:assembly_id>/announce/", preparing.announce, name="announce"),
    path("<int:assembly_id>/result/", preparing.announce_result, name="announce_result"),
    path("<int:assembly_id>/minutes/", preparing.publish_minutes, name="publish_minutes"),
    path("<int:assembly_id>/hall/", holding.hall, name="hall"),
    path("<int:assembly_id>/order/", holding.order, name="order"),
    path("<int:assembly_id>/order/next/", holding.begin_next, name="begin_next"),
    path("<int:assembly_id>/order/back/", holding.take_back, name="take_back"),
    path("dongs/<slug:code>/calendar.ics", promoting.calendar, name="calendar"),
    path("<int:assembly_id>/promotion/", promoting.promotion, name="promotion"),
    path("<int:assembly_id>/booklet/", promoting.booklet, name="booklet"),
    path("<int:assembly_id>/booklet.pdf", promoting.booklet_pdf, name="booklet_pdf"),
    path("<int:assembly_id>/poster.pdf", promoting.poster, name="poster"),
    path("<int:assembly_id>/banner.pdf", promoting.banner, name="banner"),
    path("<int:assembly_id>/qr.svg", promoting.qr, name="qr"),
    path("<int:assembly_id>/help/", promoting.offer_help, name="offer_help"),
    path("<int:assembly_id>/helpers/", promoting.helpers, name="helpers"),
    path("helpers/<int:helper_id>/confirm/", promoting.confirm_help, name="confirm_help"),
    path("helpers/<int:helper_id>/withdraw/", promoting.withdraw_help, name="withdraw_help"),
    path("<int:assembly_id>/objections/", objecting.objections, name="objections"),
    path("<int:assembly_id>/objections/new/", objecting.object_to_result, name="object_to_result"),
    path(
        "objections/<int:objection_id>/answer/", objecting.answer_objection, name="answer_objection"
    ),
    path("questions/<int:question_id>/rule/", ruling.choose_rule, name="choose_rule"),
    path("questions/<int:question_id>/take-out/", preparing.take_out, name="take_out"),
]
