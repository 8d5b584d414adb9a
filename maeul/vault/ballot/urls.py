from django.urls import path

from maeul.vault.ballot.views import desk, electors, everybody

app_name = "ballot"
urlpatterns = [
    # For everybody
    path("", everybody.elections, name="elections"),
    path("counting/", everybody.counting, name="counting"),
    path("limits/", everybody.limits, name="limits"),
    path("<uuid:election_id>/", everybody.election, name="election"),
    path("<uuid:election_id>/board/", everybody.board, name="board"),
    path("<uuid:election_id>/board.jsonl", everybody.board_file, name="board_file"),
    path("<uuid:election_id>/manifest.json", everybody.manifest, name="manifest"),
    path("<uuid:election_id>/result/", everybody.result, name="result"),
    path("<uuid:election_id>/bundle.zip", everybody.bundle, name="bundle"),
    # For electors
    path("<uuid:election_id>/ballot/", electors.ballot, name="ballot"),
    path("<uuid:election_id>/cast/", electors.cast, name="cast"),
    path("<uuid:election_id>/mine/", electors.mine, name="mine"),
    # For its officers
    path("<uuid:election_id>/desk/", desk.desk, name="desk"),
    path("<uuid:election_id>/desk/locks/", desk.locks, name="locks"),
    path("<uuid:election_id>/desk/rehearsal/", desk.rehearsal, name="rehearsal"),
    path("<uuid:election_id>/desk/rehearsal/<int:rehearsal_id>/", desk.rehearsed, name="rehearsed"),
    path("<uuid:election_id>/desk/freeze/", desk.freeze, name="freeze"),
    path("<uuid:election_id>/desk/close/", desk.close, name="close"),
    path("<uuid:election_id>/desk/list/", desk.fix_list, name="fix_list"),
    path("<uuid:election_id>/desk/parcel/", desk.parcel, name="parcel"),
    path("<uuid:election_id>/desk/opening/", desk.opening, name="opening"),
    path(
        "<uuid:election_id>/desk/opening/<int:opening_id>/",
        desk.confirm_opening,
        name="confirm_opening",
    ),
    path("<uuid:election_id>/desk/seed/", desk.seed, name="seed"),
    path("<uuid:election_id>/desk/count/", desk.count, name="count"),
    path("<uuid:election_id>/desk/publish/", desk.publish, name="publish"),
    path("<uuid:election_id>/desk/void/", desk.void, name="void"),
]
