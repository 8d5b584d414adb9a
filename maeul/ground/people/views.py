from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maeul.core.pages import allow, find_only_if, refusals_on
from maeul.ground.district.models import Dong
from maeul.ground.people import access, actions, texts
from maeul.ground.people.forms import (
    CorrectForm,
    EnterForm,
    LeaveForm,
    RefuseForm,
    RoleForm,
    StandingForm,
    VerifyForm,
)
from maeul.ground.people.models import Consent, DemoSignIn, Person, Role, Standing

# Oneself


@require_safe
def me(request):
    """What is stored about me."""
    return render(
        request,
        "people/me.html",
        {
            "standings": request.user.standings.select_related("dong").order_by("-pk"),
            "roles": request.user.roles.not_over(timezone.localdate()).select_related(
                "dong", "department", "district"
            ),
            "consents": request.user.consents.newest(),
            "may_verify": access.can_verify_somewhere(request.user),
            "may_enter": access.can_enter_somewhere(request.user),
            "may_give_roles": access.can_give_roles(request.user),
        },
    )


@require_http_methods(["GET", "POST"])
def correct(request, person_id):
    person = get_object_or_404(Person, pk=person_id, left_at=None)
    find_only_if(access.can_correct(request.user, person))
    form = CorrectForm(
        request.POST or None,
        initial={"name": person.name, "born_on": person.born_on, "sex": person.sex},
    )
    if form.is_valid():
        with refusals_on(form):
            actions.correct(person=person, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("고쳤습니다."))
            return redirect("people:me" if person == request.user else person)
    return render(request, "people/correct.html", {"form": form, "person": person})


@require_http_methods(["GET", "POST"])
def state(request):
    form = StandingForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.state_standing(
                person=request.user, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("알렸습니다. 이제 동 주민센터에 서류를 보여 주세요."))
            return redirect("people:me")
    return render(request, "people/state.html", {"form": form, "documents": texts.DOCUMENTS})


@require_POST
def end_standing(request, standing_id):
    standing = get_object_or_404(Standing.objects.select_related("dong"), pk=standing_id)
    own = standing.person_id == request.user.pk
    find_only_if(own or access.can_verify(request.user, standing.dong))
    actions.end_standing(standing=standing, by=request.user, at=timezone.now())
    messages.success(request, _("참여 자격을 끝냈습니다."))
    return redirect("people:me" if own else "people:standings")


@require_http_methods(["GET", "POST"])
def consents(request):
    """Every yes and no, and a button to change the newest."""
    if request.method == "POST":
        kind = request.POST.get("kind")
        if kind not in Consent.Kind.values:
            raise Http404
        actions.consent(
            person=request.user,
            kind=kind,
            given=request.POST.get("given") == "yes",
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("적어 두었습니다."))
        return redirect("people:consents")
    newest = {row.kind: row for row in request.user.consents.newest()}
    return render(
        request,
        "people/consents.html",
        {
            "kinds": [
                (kind, kind.label, texts.CONSENTS[kind], newest.get(kind)) for kind in Consent.Kind
            ],
            "page": Paginator(request.user.consents.order_by("-pk"), 20).get_page(
                request.GET.get("page")
            ),
        },
    )


@require_http_methods(["GET", "POST"])
def leave(request):
    form = LeaveForm(request.POST or None, person=request.user)
    if form.is_valid():
        with refusals_on(form):
            actions.leave(person=request.user, by=request.user, at=timezone.now())
            request.session.flush()
            return redirect("people:left")
    return render(request, "people/leave.html", {"form": form})


@login_not_required
@require_safe
def left(request):
    return render(request, "people/left.html")


# Staff: grounds and people


@require_safe
def standings(request):
    allow(access.can_verify_somewhere(request.user))
    waiting = Standing.objects.waiting_for(request.user)
    page = Paginator(waiting, 50).get_page(request.GET.get("page"))
    return render(request, "people/standings.html", {"page": page})


@require_http_methods(["GET", "POST"])
def standing(request, standing_id):
    standing = get_object_or_404(Standing.objects.select_related("dong", "person"), pk=standing_id)
    find_only_if(access.can_verify(request.user, standing.dong))
    refusing = "because" in request.POST
    verify = VerifyForm(request.POST if request.POST and not refusing else None, kind=standing.kind)
    refuse = RefuseForm(request.POST if refusing else None)
    form = refuse if refusing else verify
    if form.is_valid():
        act = actions.refuse_standing if refusing else actions.verify_standing
        with refusals_on(form):
            act(standing=standing, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(
                request, _("거절했습니다.") if refusing else _("참여 자격을 확인했습니다.")
            )
            return redirect("people:standings")
    return render(
        request,
        "people/standing.html",
        {"standing": standing, "form": form, "verify": verify, "refuse": refuse},
    )


@require_safe
def persons(request):
    """Find somebody by name or e-mail; officials see the people of their dongs."""
    allow(access.can_verify_somewhere(request.user))
    words = request.GET.get("q", "").strip()
    found = Person.objects.none()
    if len(words) > 1:
        seen = Standing.objects.open_ones().in_dongs_of(request.user).values("person")
        known = Person.objects.filter(pk__in=seen)
        if access.can_give_roles(request.user):
            known = Person.objects.in_districts_of(request.user)
        found = Person.objects.named(words).filter(pk__in=known.values("pk"))
    page = Paginator(found.prefetch_related("standings__dong"), 50).get_page(
        request.GET.get("page")
    )
    return render(request, "people/persons.html", {"page": page, "words": words})


@require_safe
def person(request, person_id):
    person = get_object_or_404(Person, pk=person_id, left_at=None)
    may_give_roles = access.can_give_roles_to(request.user, person)
    find_only_if(
        may_give_roles
        or (access.can_verify_somewhere(request.user) and access.can_see(request.user, person))
    )
    return render(
        request,
        "people/person.html",
        {
            "person": person,
            "standings": person.standings.select_related("dong").order_by("-pk"),
            "roles": person.roles.not_over(timezone.localdate()).select_related(
                "dong", "department", "district"
            ),
            "may_correct": access.can_correct(request.user, person),
            "may_give_roles": may_give_roles and person != request.user,
        },
    )


@require_http_methods(["GET", "POST"])
def enter(request):
    """Enter somebody who has no account."""
    allow(access.can_enter_somewhere(request.user))
    dongs = _dongs_served(request.user)
    form = EnterForm(
        request.POST or None,
        dongs=dongs,
        may_verify=access.can_verify_somewhere(request.user),
    )
    if form.is_valid():
        with refusals_on(form):
            entered = actions.enter_person(**form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("%(name)s 님을 적어 넣었습니다.") % {"name": entered.name})
            return redirect("people:enter")
    return render(request, "people/enter.html", {"form": form})


def _dongs_served(person):
    served = [dong.pk for dong in Dong.objects.all() if access.can_enter_person(person, dong)]
    return Dong.objects.filter(pk__in=served).in_order()


# Roles


@require_safe
def roles(request):
    allow(access.can_give_roles(request.user))
    held = (
        Role.objects.not_over(timezone.localdate())
        .in_districts_of(request.user)
        .select_related("person", "dong", "department", "district")
        .prefetch_related("department__names")
    )
    chosen = request.GET.get("kind", "")
    if chosen in texts.ROLES:
        held = held.filter(kind=chosen)
    return render(
        request,
        "people/roles.html",
        {
            "page": Paginator(held, 50).get_page(request.GET.get("page")),
            "chosen": chosen,
            "filters": [("", _("모두"), None), *((k, v, None) for k, v in texts.ROLES.items())],
        },
    )


@require_http_methods(["GET", "POST"])
def give_role(request, person_id):
    allow(access.can_give_roles(request.user))
    person = get_object_or_404(Person, pk=person_id, left_at=None)
    find_only_if(access.can_give_roles_to(request.user, person))
    form = RoleForm(request.POST or None, initial={"from_on": timezone.localdate()})
    if form.is_valid():
        typed = form.cleaned_data
        place = Role(**form.scope())
        allow(place.scope is None or access.can_give_role_in(request.user, place.of_district))
        with refusals_on(form):
            actions.give_role(
                person=person,
                kind=typed["kind"],
                from_on=typed["from_on"],
                until_on=typed["until_on"],
                **form.scope(),
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("역할을 주었습니다."))
            return redirect("people:roles")
    return render(request, "people/give_role.html", {"form": form, "person": person})


@require_POST
def end_role(request, role_id):
    allow(access.can_give_roles(request.user))
    role = get_object_or_404(Role, pk=role_id)
    allow(access.can_give_role_in(request.user, role.of_district))
    actions.end_role(role=role, by=request.user, at=timezone.now())
    messages.success(request, _("역할을 끝냈습니다."))
    return redirect("people:roles")


# The demo


@login_not_required
@require_safe
def demo_sign_ins(request):
    find_only_if(settings.DEMO)
    return render(
        request,
        "people/demo_sign_ins.html",
        {"offers": DemoSignIn.objects.select_related("person")},
    )


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def demo_sign_in(request, key):
    """Come in as a made-up person.  Also by a link, as `make demo` prints one for each role."""
    find_only_if(settings.DEMO)
    offer = get_object_or_404(DemoSignIn.objects.select_related("person"), key=key)
    login(request, offer.person, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session["demo"] = True
    return redirect("/")


# What is promised


@login_not_required
@require_safe
def privacy(request):
    return render(
        request, "people/privacy.html", {"operator": settings.OPERATOR, "since": texts.WORDING_DAY}
    )


@login_not_required
@require_safe
def terms(request):
    return render(
        request, "people/terms.html", {"operator": settings.OPERATOR, "since": texts.WORDING_DAY}
    )
