def can_enact(person) -> bool:
    """The district's officer writes down what the law, the ordinance or an approved bylaw says."""
    return person.is_authenticated and person.holds("district_officer")
