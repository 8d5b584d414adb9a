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


def options_only_in_draft():
    return pgtrigger.Trigger(
        name="frozen_with_the_election",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("found_state", "text")],
        func="""
            SELECT e.state INTO found_state FROM ballot_election e
              JOIN ballot_question q ON q.election_id = e.id
             WHERE q.id = coalesce(NEW.question_id, OLD.question_id) FOR SHARE OF e;
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


OF_ELECTION = "ballot_election e WHERE e.id = NEW.election_id"
OF_QUESTION = (
    "ballot_election e JOIN ballot_question q ON q.election_id = e.id WHERE q.id = NEW.question_id"
)
OF_OPTION = (
    "ballot_election e JOIN ballot_question q ON q.election_id = e.id"
    " JOIN ballot_option o ON o.question_id = q.id WHERE o.id = NEW.option_id"
)
