from django.urls import path

from maeul.decision.assembly.views import preparing, reading, ruling

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
    path("<int:assembly_id>/officers/", preparing.name_officers, name="name_officers"),
    path("<int:assembly_id>/announce/", preparing.announce, name="announce"),
    path("<int:assembly_id>/result/", preparing.announce_result, name="announce_result"),
    path("<int:assembly_id>/minutes/", preparing.publish_minutes, name="publish_minutes"),
    path("questions/<int:question_id>/rule/", ruling.choose_rule, name="choose_rule"),
    path("questions/<int:question_id>/take-out/", preparing.take_out, name="take_out"),
]
