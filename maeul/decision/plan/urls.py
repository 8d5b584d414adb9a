from django.urls import path

from maeul.decision.plan.views import reading, replying, writing

app_name = "plan"

urlpatterns = [
    path("", reading.plans, name="plans"),
    path("dongs/<slug:code>/", reading.dong, name="dong"),
    path("dongs/<slug:code>/draw-up/", writing.draw_up, name="draw_up"),
    path("<int:plan_id>/", reading.plan, name="plan"),
    path("<int:plan_id>/plan.pdf", reading.paper, name="paper"),
    path("<int:plan_id>/draft/", writing.draft, name="draft"),
    path("<int:plan_id>/text/", writing.set_text, name="set_text"),
    path("<int:plan_id>/items/<slug:number>/add/", writing.add_item, name="add_item"),
    path("<int:plan_id>/plenary/", writing.bring_to_plenary, name="bring_to_plenary"),
    path("<int:plan_id>/adopt/", writing.adopt, name="adopt"),
    path("<int:plan_id>/table/", writing.table, name="table"),
    path("<int:plan_id>/money/", writing.ask_for_money, name="ask_for_money"),
    path("<int:plan_id>/result/", writing.take_result, name="take_result"),
    path("<int:plan_id>/submit/", writing.submit, name="submit"),
    path("<int:plan_id>/effect/", writing.take_effect, name="take_effect"),
    path("<int:plan_id>/expire/", writing.expire, name="expire"),
    path("items/<int:plan_item_id>/", writing.edit_item, name="edit_item"),
    path("items/<int:plan_item_id>/drop/", writing.drop_item, name="drop_item"),
    path("items/<int:plan_item_id>/reply/", replying.reply, name="reply"),
]
