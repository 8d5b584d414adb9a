def can_enact_somewhere(person) -> bool:
    """A district's officer writes down what the law, the ordinance or an approved bylaw says."""
    return person.is_authenticated and person.holds("district_officer")


def can_enact(person, dong) -> bool:
    """A bylaw: the officer of the dong's district.  A row that holds for every dong there is: who
    is the officer of every district."""
    if not person.is_authenticated:
        return False
    if dong is None:
        return person.holds_everywhere("district_officer")
    return person.holds("district_officer", dong=dong)
