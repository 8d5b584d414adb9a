from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from maeul.ground.people.models import Person
from maeul.ground.people.rules import RoleKind
from maeul.works.project import texts
from maeul.works.project.models.project import Project
from maeul.works.project.rules import Asked

APPROVERS = (RoleKind.DONG_OFFICER, RoleKind.DISTRICT_OFFICER)


class RequestQuerySet(models.QuerySet):
    def awaiting_answer(self):
        return self.filter(state=Asked.ASKED).order_by("due_on", "pk")

    def approved(self):
        return self.filter(state=Asked.APPROVED)

    def standing(self):
        """Asked for or approved: neither sent back nor taken back."""
        return self.filter(state__in=(Asked.ASKED, Asked.APPROVED))

    def waiting_for(self, person):
        """What others asked for and this person may answer, the most urgent first."""
        roles = [role for role in person.roles_today if role.kind in APPROVERS]
        return (
            self.awaiting_answer()
            .exclude(asked_by=person)
            .filter(
                Q(project__dong__in=[role.dong_id for role in roles if role.dong_id])
                | Q(project__dong__district__in=[r.district_id for r in roles if r.district_id])
            )
            .select_related("project")
        )


class Request(models.Model):
    """What one person asks for and another answers: spending, a change, the settlement."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="%(class)ss")
    state = models.CharField(
        _("상태"), max_length=12, default=Asked.ASKED, choices=[*texts.ASKED.items()]
    )
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("올린 때"))
    due_on = models.DateField(_("언제까지 답하나"))
    answered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(_("답한 때"), null=True, blank=True)
    answer = models.CharField(_("돌려보낸 까닭"), max_length=300, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_answered_by_another",
                condition=Q(answered_by=None) | ~Q(answered_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_answer_has_who_and_when",
                condition=Q(state=Asked.ASKED, answered_by=None, answered_at=None)
                | (~Q(state=Asked.ASKED) & Q(answered_by__isnull=False, answered_at__isnull=False)),
            ),
        ]

    @property
    def title(self):
        return str(self)

    @property
    def link(self):
        return self.get_absolute_url()

    @property
    def family(self):
        return texts.ASKED_FAMILIES[self.state]
