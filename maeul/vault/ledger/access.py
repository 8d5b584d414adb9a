def can_read(person, thing) -> bool:
    """The village's books are open: everybody may read every account and entry."""
    return True
