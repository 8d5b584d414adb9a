from maeul.council.membership.access import sits_in


def can_convene(person, dong) -> bool:
    """Call meetings of the dong's bodies: its officer and its secretary, and the district's."""
    return person.is_authenticated and person.serves(dong)


def can_run(person, meeting) -> bool:
    """Run the day, keep the list, write and publish the minutes."""
    return can_convene(person, meeting.dong)


def can_see(person, meeting) -> bool:
    """Everybody reads public meetings; others only their members and those who serve the dong."""
    if meeting.public:
        return True
    return can_run(person, meeting) or (person.is_authenticated and sits_in(person, meeting.body))


def can_settle(person, follow_up) -> bool:
    """Who took it upon themselves, or whoever runs the meetings."""
    return person.is_authenticated and (
        follow_up.owner_id == person.pk or person.serves(follow_up.body.dong)
    )
