"""Every change of the ballot box, a file per verb."""

from maeul.vault.ballot.actions.acts import confirmed_by
from maeul.vault.ballot.actions.board import append_batch, board_file, close, open_poll
from maeul.vault.ballot.actions.cast import Receipt, cast, receipt_of
from maeul.vault.ballot.actions.count import count, is_counted, record_tie_value, tie_order
from maeul.vault.ballot.actions.draft import (
    ElectorText,
    OptionText,
    check_rehearsal,
    draft,
    enrol,
    name_officers,
    put,
    set_locks,
    set_rule,
    set_times,
    start_rehearsal,
    take_out,
)
from maeul.vault.ballot.actions.freeze import freeze, what_is_drafted
from maeul.vault.ballot.actions.opening import (
    confirm_opening,
    export_list,
    fix_list,
    fixed_hash,
    parcel,
    record_opening,
)
from maeul.vault.ballot.actions.publish import confirm_publication, figures, files_of, participants
from maeul.vault.ballot.actions.void import destroy, void

__all__ = [
    "ElectorText",
    "OptionText",
    "Receipt",
    "append_batch",
    "board_file",
    "cast",
    "check_rehearsal",
    "close",
    "confirm_opening",
    "confirm_publication",
    "confirmed_by",
    "count",
    "destroy",
    "draft",
    "enrol",
    "export_list",
    "figures",
    "files_of",
    "fix_list",
    "fixed_hash",
    "freeze",
    "is_counted",
    "name_officers",
    "open_poll",
    "parcel",
    "participants",
    "put",
    "receipt_of",
    "record_opening",
    "record_tie_value",
    "set_locks",
    "set_rule",
    "set_times",
    "start_rehearsal",
    "take_out",
    "tie_order",
    "void",
    "what_is_drafted",
]
