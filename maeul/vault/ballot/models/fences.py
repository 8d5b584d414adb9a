"""Triggers: what is frozen stays, what belongs to one hour of an election comes in that hour."""

import pgtrigger

from maeul.vault.ballot.rules import MOVES

ALLOWED_MOVES = ", ".join(
    f"('{before.value}', '{after.value}')"
    for before, afters in MOVES.items()
    for after in sorted(afters)
)


def only_in_draft(name="frozen_with_the_election", election="election_id"):
    """Rows of an election cannot be added, changed or dropped once it is frozen.

    The row of the election is held FOR SHARE, so that freezing waits for who is still adding.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("found_state", "text")],
        func=f"""
            SELECT state INTO found_state FROM ballot_election
             WHERE id = coalesce(NEW.{election}, OLD.{election}) FOR SHARE;
            IF found_state <> 'draft' THEN
                RAISE EXCEPTION 'ballot: % is frozen with its election', TG_TABLE_NAME;
            END IF;
            RETURN coalesce(NEW, OLD);
        """,
    )


def parts_only_in_draft(table, key):
    """The same for rows that hang on a row of the election: options, hours of a booth."""
    return pgtrigger.Trigger(
        name="frozen_with_the_election",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("found_state", "text")],
        func=f"""
            SELECT e.state INTO found_state FROM ballot_election e
              JOIN {table} part ON part.election_id = e.id
             WHERE part.id = coalesce(NEW.{key}, OLD.{key}) FOR SHARE OF e;
            IF found_state <> 'draft' THEN
                RAISE EXCEPTION 'ballot: % is frozen with its election', TG_TABLE_NAME;
            END IF;
            RETURN coalesce(NEW, OLD);
        """,
    )


def added_only_when(*states, path):
    """Rows that belong to one hour of an election's life; `path` finds the election's state."""
    named = ", ".join(f"'{state.value}'" for state in states)
    return pgtrigger.Trigger(
        name="added_in_its_hour",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        declare=[("found_state", "text")],
        func=f"""
            SELECT e.state INTO found_state FROM {path};
            IF found_state NOT IN ({named}) THEN
                RAISE EXCEPTION 'ballot: nothing is added to % when %', TG_TABLE_NAME, found_state;
            END IF;
            RETURN NEW;
        """,
    )


IS_FIXED = "EXISTS (SELECT FROM ballot_officeract WHERE election_id = %s AND act = 'fixed_list')"


def electors_of_their_time():
    """The main roll in the draft; the supplementary one from freezing until the list is fixed."""
    return pgtrigger.Trigger(
        name="frozen_with_the_election",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("found_state", "text")],
        func=f"""
            IF TG_OP = 'INSERT' AND NEW.roll = 'supplementary' THEN
                SELECT state INTO found_state FROM ballot_election WHERE id = NEW.election_id;
                IF found_state IN ('frozen', 'open')
                   OR found_state = 'closed' AND NOT {IS_FIXED % "NEW.election_id"} THEN
                    RETURN NEW;
                END IF;
                RAISE EXCEPTION 'ballot: nobody is added to the supplementary roll when %',
                    found_state;
            END IF;
            SELECT state INTO found_state FROM ballot_election
             WHERE id = coalesce(NEW.election_id, OLD.election_id) FOR SHARE;
            IF found_state <> 'draft' THEN
                RAISE EXCEPTION 'ballot: % is frozen with its election', TG_TABLE_NAME;
            END IF;
            RETURN coalesce(NEW, OLD);
        """,
    )


def added_until_fixed(*, path):
    """Rows of the door: from freezing until the list of what is opened is fixed."""
    return pgtrigger.Trigger(
        name="added_in_its_hour",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        declare=[("found_state", "text"), ("found_id", "uuid")],
        func=f"""
            SELECT e.state, e.id INTO found_state, found_id FROM {path};
            IF found_state NOT IN ('frozen', 'open')
               AND NOT (found_state = 'closed' AND NOT {IS_FIXED % "found_id"}) THEN
                RAISE EXCEPTION 'ballot: nothing is added to % when %', TG_TABLE_NAME, found_state;
            END IF;
            RETURN NEW;
        """,
    )


def leaves_of_their_time():
    """Sealed ballots until closing; afterwards only closed batches of paper, and officers' acts
    that say what became of the poll."""
    return pgtrigger.Trigger(
        name="added_in_its_hour",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        declare=[("found_state", "text")],
        func=f"""
            SELECT e.state INTO found_state FROM {OF_ELECTION};
            IF found_state IN ('frozen', 'open') OR found_state = 'closed' AND (
                EXISTS (SELECT FROM ballot_batchclosing c JOIN ballot_paperbatch p
                            ON p.id = c.batch_id
                         WHERE p.election_id = NEW.election_id AND c.leaf = NEW.leaf)
                OR EXISTS (SELECT FROM ballot_officeract a
                            WHERE a.election_id = NEW.election_id AND a.leaf = NEW.leaf)) THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION 'ballot: nothing is added to % when %', TG_TABLE_NAME, found_state;
        """,
    )


OF_BOOTH = "ballot_election e JOIN ballot_booth b ON b.election_id = e.id WHERE b.id = NEW.booth_id"
OF_CHECK_IN = (
    "ballot_election e JOIN ballot_booth b ON b.election_id = e.id"
    " JOIN ballot_checkin c ON c.booth_id = b.id WHERE c.id = NEW.check_in_id"
)
OF_OUTER = (
    "ballot_election e JOIN ballot_booth b ON b.election_id = e.id"
    " JOIN ballot_outer o ON o.booth_id = b.id WHERE o.id = NEW.outer_id"
)
OF_BATCH = (
    "ballot_election e JOIN ballot_paperbatch p ON p.election_id = e.id WHERE p.id = NEW.batch_id"
)
OF_TURN = (
    "ballot_election e JOIN ballot_paperbatch p ON p.election_id = e.id"
    " JOIN ballot_entryturn t ON t.batch_id = p.id WHERE t.id = NEW.turn_id"
)
OF_OUTSIDE = (
    "ballot_election e JOIN ballot_outsidetotals o ON o.election_id = e.id"
    " WHERE o.id = NEW.totals_id"
)
OF_ELECTION = "ballot_election e WHERE e.id = NEW.election_id"
OF_QUESTION = (
    "ballot_election e JOIN ballot_question q ON q.election_id = e.id WHERE q.id = NEW.question_id"
)
OF_OPTION = (
    "ballot_election e JOIN ballot_question q ON q.election_id = e.id"
    " JOIN ballot_option o ON o.question_id = q.id WHERE o.id = NEW.option_id"
)
