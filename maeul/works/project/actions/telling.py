"""What every act on a project shares: hold the row, tell the thread and the search."""

from django.utils import timezone

from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.ground.law.models import Provision
from maeul.ground.people import rules as people
from maeul.ground.people.texts import REFUSALS as PEOPLE_REFUSALS
from maeul.ground.search import actions as search
from maeul.ground.thread import actions as thread
from maeul.works.project.models import Project


def held(project):
    """The project's row, held until the transaction ends: acts on one project wait in line."""
    return Project.objects.select_for_update(of=["self"]).select_related("dong").get(pk=project.pk)


def law_of(project, at):
    return Provision.objects.in_force(dong=project.dong, at=at)


def answer_by(project, at):
    """Until when somebody else should have answered."""
    return timezone.localdate(at) + law_of(project, at)["project.answer_days"].days()


def refuse_numbers(*texts):
    """No resident registration number gets into a text of a project."""
    refuse_if(people.why_not_write(*texts), PEOPLE_REFUSALS)


def tell(project, verb, title, *, by, at, text="", link="", **facts):
    """Write the step down where residents follow the matter, and where things are found."""
    refuse_numbers(title, text)
    audit.note(f"project.{verb}", on=project, by=by, at=at, **facts)
    thread.note(
        thread=project.thread,
        step=f"project.{verb}",
        title=title,
        text=text,
        link=link or project.get_absolute_url(),
        state=str(project.get_state_display()),
        public=True,
        by=by,
        at=at,
    )
    search.put(
        link=project.get_absolute_url(),
        kind="project",
        title=project.title,
        text=f"{project.content} {project.story}".strip(),
        on=project.starts_on,
        dong=project.dong,
        point=project.point,
        cost_won=project.allocation.won,
        state=str(project.get_state_display()),
        thread=project.thread,
    )
