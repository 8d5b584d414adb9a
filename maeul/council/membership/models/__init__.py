"""A file per noun; what has dates stands with the body it is dated in."""

from maeul.council.membership.models.body import Body, Office, Seat, Term
from maeul.council.membership.models.member import Member

__all__ = ["Body", "Member", "Office", "Seat", "Term"]
