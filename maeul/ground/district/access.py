def can_import_somewhere(person) -> bool:
    """A district's officer brings the count of residents."""
    return person.is_authenticated and person.holds("district_officer")


def can_import_population(person, dongs) -> bool:
    """Each dong's count is brought by the officer of its district."""
    return person.is_authenticated and all(
        person.holds("district_officer", dong=dong) for dong in dongs
    )
