def can_see_all(person, dong) -> bool:
    return person.is_authenticated and person.serves(dong)
