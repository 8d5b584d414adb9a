from django.urls import path

from maeul.council.meeting import views

app_name = "meeting"

urlpatterns = [
    # a dong
    path("in/<str:code>/", views.meetings, name="meetings"),
    path("in/<str:code>/call/", views.convene, name="convene"),
    path("in/<str:code>/follow-ups/", views.follow_ups, name="follow_ups"),
    # a meeting, as everybody reads it
    path("<int:meeting_id>/", views.meeting, name="meeting"),
    path("<int:meeting_id>/minutes/", views.minutes, name="minutes"),
    path("<int:meeting_id>/minutes.pdf", views.minutes_pdf, name="minutes_pdf"),
    # a meeting, as it is run
    path("<int:meeting_id>/run/", views.run, name="run"),
    path("<int:meeting_id>/roll/", views.call_roll, name="call_roll"),
    path("<int:meeting_id>/open/", views.open_meeting, name="open"),
    path("<int:meeting_id>/topics/", views.put_topic, name="put_topic"),
    path("<int:meeting_id>/motions/", views.move, name="move"),
    path("<int:meeting_id>/remarks/", views.remark, name="remark"),
    path("<int:meeting_id>/follow-ups/", views.add_follow_up, name="add_follow_up"),
    path("<int:meeting_id>/elections/", views.elect, name="elect"),
    path("<int:meeting_id>/close/", views.close_meeting, name="close"),
    path("<int:meeting_id>/cancel/", views.cancel, name="cancel"),
    path("<int:meeting_id>/minutes/write/", views.write_minutes, name="write_minutes"),
    path("<int:meeting_id>/minutes/publish/", views.publish_minutes, name="publish_minutes"),
    path("<int:meeting_id>/minutes/correct/", views.correct_minutes, name="correct_minutes"),
    # a topic, a motion, something to do
    path("topics/<int:topic_id>/decide/", views.decide_topic, name="decide_topic"),
    path("topics/<int:topic_id>/withdraw/", views.withdraw_topic, name="withdraw_topic"),
    path("elections/<int:election_id>/install/", views.install_elected, name="install_elected"),
    path("motions/<int:motion_id>/vote/", views.vote_on, name="vote_on"),
    path("follow-ups/<int:follow_up_id>/settle/", views.settle_follow_up, name="settle_follow_up"),
]
