"""Every change of the ballot box, a file per verb."""

from maeul.vault.ballot.actions.acts import confirmed_by
from maeul.vault.ballot.actions.at_door import check_in, enter_late
from maeul.vault.ballot.actions.board import append_batch, board_file, close, open_poll
from maeul.vault.ballot.actions.booths import (
    device_known_by,
    end_clerk,
    enrol_device,
    name_clerk,
    revoke_device,
    take_up_device,
)
from maeul.vault.ballot.actions.cast import Receipt, cast, receipt_of
from maeul.vault.ballot.actions.count import count, is_counted, record_tie_value, tie_order
from maeul.vault.ballot.actions.draft import (
    BoothText,
    ElectorText,
    OptionText,
    assign_booth,
    check_rehearsal,
    draft,
    enrol,
    name_officers,
    put,
    set_booths,
    set_channels,
    set_locks,
    set_quorum,
    set_rule,
    set_times,
    start_rehearsal,
    take_out,
)
from maeul.vault.ballot.actions.extend import extend
from maeul.vault.ballot.actions.freeze import freeze, what_is_drafted
from maeul.vault.ballot.actions.known import hashes_of, secret_of
from maeul.vault.ballot.actions.opening import (
    confirm_opening,
    export_list,
    fix_list,
    fixed_hash,
    parcel,
    record_opening,
)
from maeul.vault.ballot.actions.outer import rule_on_outer, take_outer
from maeul.vault.ballot.actions.pending import (
    booths_unheard,
    check_ins_undecided,
    late_lines_undecided,
    outers_undecided,
    what_is_pending,
)
from maeul.vault.ballot.actions.publish import (
    confirm_publication,
    figures,
    files_of,
    participants,
    poll_book_is_as_derived,
)
from maeul.vault.ballot.actions.rulings import (
    declare_booth_lost,
    hand_out_line_slips,
    lost_booths,
    report,
    rule_on,
)
from maeul.vault.ballot.actions.slips import new_slip, slip_of, why_not_by_slip
from maeul.vault.ballot.actions.void import destroy, void
from maeul.vault.ballot.actions.walk_in import WalkIn, register_walk_in

__all__ = [
    "BoothText",
    "ElectorText",
    "OptionText",
    "Receipt",
    "WalkIn",
    "append_batch",
    "assign_booth",
    "board_file",
    "booths_unheard",
    "cast",
    "check_in",
    "check_ins_undecided",
    "check_rehearsal",
    "close",
    "confirm_opening",
    "confirm_publication",
    "confirmed_by",
    "count",
    "declare_booth_lost",
    "destroy",
    "device_known_by",
    "draft",
    "end_clerk",
    "enrol",
    "enrol_device",
    "enter_late",
    "export_list",
    "extend",
    "figures",
    "files_of",
    "fix_list",
    "fixed_hash",
    "freeze",
    "hand_out_line_slips",
    "hashes_of",
    "is_counted",
    "late_lines_undecided",
    "lost_booths",
    "name_clerk",
    "name_officers",
    "new_slip",
    "open_poll",
    "outers_undecided",
    "parcel",
    "participants",
    "poll_book_is_as_derived",
    "put",
    "receipt_of",
    "record_opening",
    "record_tie_value",
    "register_walk_in",
    "report",
    "revoke_device",
    "rule_on",
    "rule_on_outer",
    "secret_of",
    "set_booths",
    "set_channels",
    "set_locks",
    "set_quorum",
    "set_rule",
    "set_times",
    "slip_of",
    "start_rehearsal",
    "take_out",
    "take_outer",
    "take_up_device",
    "tie_order",
    "void",
    "what_is_drafted",
    "what_is_pending",
    "why_not_by_slip",
]
