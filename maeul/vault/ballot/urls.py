from django.urls import path

from maeul.vault.ballot.views import (
    counting_room,
    deciding,
    desk,
    electors,
    everybody,
    kiosk,
    papers,
    roll,
    sheets,
    table,
)

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
    # At the door of a booth, for its clerks
    path("<uuid:election_id>/door/<uuid:elector_id>/", table.scanned, name="scanned"),
    path("<uuid:election_id>/booths/<int:number>/", table.table, name="table"),
    path(
        "<uuid:election_id>/booths/<int:number>/electors/<uuid:elector_id>/",
        table.elector,
        name="elector",
    ),
    path(
        "<uuid:election_id>/booths/<int:number>/electors/<uuid:elector_id>/elsewhere/",
        table.elsewhere,
        name="elsewhere",
    ),
    path(
        "<uuid:election_id>/booths/<int:number>/check-ins/<uuid:check_in_id>/",
        table.check_in,
        name="check_in",
    ),
    path(
        "<uuid:election_id>/booths/<int:number>/check-ins/<uuid:check_in_id>/slip/",
        table.slip,
        name="slip",
    ),
    path(
        "<uuid:election_id>/booths/<int:number>/check-ins/<uuid:check_in_id>/ruling/",
        table.rule,
        name="rule",
    ),
    path("<uuid:election_id>/booths/<int:number>/register/", table.register, name="register"),
    path("<uuid:election_id>/booths/<int:number>/outer/", table.outer, name="outer"),
    path("<uuid:election_id>/booths/<int:number>/devices/", table.devices, name="devices"),
    path(
        "<uuid:election_id>/booths/<int:number>/devices/<uuid:device_id>/revoke/",
        table.revoke,
        name="revoke",
    ),
    path("<uuid:election_id>/booths/<int:number>/late/", table.late, name="late"),
    path("<uuid:election_id>/booths/<int:number>/line/", table.line, name="line"),
    path("<uuid:election_id>/booths/<int:number>/report/", table.report, name="report"),
    path("<uuid:election_id>/booths/<int:number>/roll.pdf", papers.roll, name="roll_paper"),
    # A tablet at a booth
    path("kiosk/", kiosk.kiosk, name="kiosk"),
    path("kiosk/cast/", kiosk.cast, name="kiosk_cast"),
    path("kiosk/enrol/<str:code>/", kiosk.take_up, name="take_up"),
    # The counting room
    path("<uuid:election_id>/paper/", counting_room.room, name="paper"),
    path("<uuid:election_id>/paper/boxes/<int:number>/", counting_room.count_box, name="count_box"),
    path("<uuid:election_id>/paper/batches/", counting_room.make_batch, name="make_batch"),
    path("<uuid:election_id>/paper/batches/<int:number>/", counting_room.batch, name="batch"),
    path(
        "<uuid:election_id>/paper/batches/<int:number>/turn/<str:part>/",
        counting_room.take_turn,
        name="take_turn",
    ),
    path("<uuid:election_id>/paper/batches/<int:number>/enter/", counting_room.enter, name="enter"),
    path(
        "<uuid:election_id>/paper/batches/<int:number>/close/",
        counting_room.close_batch,
        name="close_batch",
    ),
    path(
        "<uuid:election_id>/paper/batches/<int:number>/withdraw/",
        counting_room.withdraw,
        name="withdraw_batch",
    ),
    path("<uuid:election_id>/paper/batches/<int:number>/cover.pdf", sheets.cover, name="cover"),
    path("<uuid:election_id>/paper/confirm/", counting_room.confirm_counts, name="confirm_counts"),
    path("<uuid:election_id>/paper/tally.pdf", sheets.tally, name="tally"),
    path("<uuid:election_id>/paper/sheets/", sheets.sheets, name="sheets"),
    path("<uuid:election_id>/desk/explain/", counting_room.explain, name="explain"),
    # While the roll lies open
    path("<uuid:election_id>/roll/", roll.roll, name="roll"),
    path("<uuid:election_id>/roll/objection/", roll.object_to_roll, name="object_to_roll"),
    path("<uuid:election_id>/desk/roll/", roll.roll_objections, name="roll_objections"),
    path(
        "roll-objections/<int:objection_id>/",
        roll.decide_roll_objection,
        name="decide_roll_objection",
    ),
    # For its officers
    path("<uuid:election_id>/desk/door/", deciding.decisions, name="decisions"),
    path("<uuid:election_id>/desk/door/ways/", deciding.in_person, name="in_person"),
    path("<uuid:election_id>/desk/door/extend/", deciding.extend, name="extend"),
    path(
        "<uuid:election_id>/desk/door/outer/<uuid:outer_id>/",
        deciding.outer_ruling,
        name="outer_ruling",
    ),
    path("<uuid:election_id>/desk/door/<int:number>/lost/", deciding.lost, name="lost"),
    path("<uuid:election_id>/desk/door/<int:number>/clerks/", deciding.clerks, name="clerks"),
    path(
        "<uuid:election_id>/desk/door/clerks/<int:clerk_id>/", deciding.end_clerk, name="end_clerk"
    ),
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
    path("<uuid:election_id>/desk/restore/", desk.restore, name="restore"),
    path("<uuid:election_id>/desk/void/", desk.void, name="void"),
]
