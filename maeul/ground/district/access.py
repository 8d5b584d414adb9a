def can_import_population(person) -> bool:
    """The district's officer brings the count of residents."""
    return person.is_authenticated and person.holds("district_officer")
