"""A manifest made by hand: two questions, two styles, no database."""

from hashlib import sha256

from nacl.public import PrivateKey

from maeul.vault.ballot import board, manifest, opening, sealing

# Always the same, so that every process of a parallel run knows the tests by the same names.
KEYS = tuple(PrivateKey(sha256(holder).digest()) for holder in (b"first", b"second"))


def content(**changes):
    def option(number, cost=None):
        return {"number": number, "title": f"{number}번", "cost": cost}

    def question(key, numbers, **facts):
        return {
            "key": key,
            "title": key,
            "options": [option(number, cost=100 * number) for number in numbers],
            "at_least": 0,
            "at_most": 3,
            "ballot_limit": None,
            "rule": "approval",
            "marking": "choose",
            "parameters": {"seats": 1},
        } | facts

    return {
        "format": manifest.FORMAT,
        "title": "시험 투표",
        "questions": [question("q1", range(1, 12)), question("q2", range(1, 4), at_most=2)],
        "styles": {"전체": ["q1", "q2"], "통": ["q1"]},
        "cells": {"of": "style", "at_least": 20, "fallback": "합계"},
        "locks": [{"holder": "가", "public_key": bytes(key.public_key).hex()} for key in KEYS],
        "plaintext_bytes": 256,
    } | changes


def raw(**changes) -> bytes:
    return manifest.write(content(**changes))


def sealed(frozen, style="전체", **choices) -> bytes:
    return sealing.seal(sealing.compose(frozen, style, choices), frozen.locks)


def sealed_text(frozen, text: bytes) -> bytes:
    """Whatever somebody's own program wrote instead of a ballot."""
    return sealing.seal(sealing.pad(text, frozen.plaintext_bytes), frozen.locks)


def opened(manifest_bytes, envelopes, **changes):
    """Open `envelopes`, pairs of a style and sealed bytes, all on one board."""
    frozen = manifest.read(manifest_bytes)
    lines = [
        opening.Line(cell=style, style=style, tracker=sha256(each).digest(), sealed=each)
        for style, each in envelopes
    ]
    leaves = tuple(sorted(line.tracker for line in lines))
    head = board.next_head(frozen.chain0, leaves) if leaves else frozen.chain0
    batches = [board.Batch(1, leaves, head)] if leaves else []
    given = {
        "manifest_bytes": manifest_bytes,
        "list_bytes": opening.write_list(frozen.chain0, lines),
        "board_bytes": board.write(frozen.chain0, batches),
        "head": head,
        "private_keys": KEYS,
    }
    return opening.open_ballots(**given | changes)
