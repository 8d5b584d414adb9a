from django.urls import path

from maeul.voice.agenda.views import desk, mapping, reading, speaking, staff

app_name = "agenda"

urlpatterns = [
    path("", reading.items, name="items"),
    path("new/", speaking.new, name="new"),
    path("similar/", speaking.similar, name="similar"),
    path("map/<str:code>.svg", mapping.dong_map, name="map"),
    path("work/", staff.worklist, name="worklist"),
    path("write-down/", staff.write_down, name="write_down"),
    path("desk/<str:code>/", desk.desk, name="desk"),
    path("topics/<int:topic_id>/take-up/", desk.take_up, name="take_up"),
    path("offers/<int:offer_id>/withdraw/", speaking.withdraw_offer, name="withdraw_offer"),
    path("<slug:number>/", reading.item, name="item"),
    path("<slug:number>/photos/<int:photo_id>/", reading.photo, name="photo"),
    path(
        "<slug:number>/photos/<int:photo_id>/take-out/",
        speaking.take_out_photo,
        name="take_out_photo",
    ),
    path("<slug:number>/correct/", speaking.correct, name="correct"),
    path("<slug:number>/withdraw/", speaking.withdraw, name="withdraw"),
    path("<slug:number>/support/", speaking.support, name="support"),
    path("<slug:number>/unsupport/", speaking.unsupport, name="unsupport"),
    path("<slug:number>/help/", speaking.offer_help, name="offer_help"),
    path("<slug:number>/triage/", staff.triage, name="triage"),
    path("<slug:number>/decline/", staff.decline, name="decline"),
    path("<slug:number>/fix/", staff.fix, name="fix"),
    path("<slug:number>/park/", staff.park, name="park"),
    path("<slug:number>/resume/", staff.resume, name="resume"),
    path("<slug:number>/merge/", staff.merge, name="merge"),
    path("<slug:number>/unmerge/", staff.unmerge, name="unmerge"),
    path("<slug:number>/split/", staff.split, name="split"),
    path("<slug:number>/give-back/", staff.give_back, name="give_back"),
    path("<slug:number>/to-meeting/", desk.bring_to_meeting, name="bring_to_meeting"),
    path("<slug:number>/again/", staff.bring_again, name="bring_again"),
]
