"""The page on which something is asked: what, the form, what happens next."""

from django.shortcuts import get_object_or_404, render

from maeul.works.project import texts
from maeul.works.project.models import Project

EITHER = ["GET", "HEAD", "POST"]


def found(project_id):
    return get_object_or_404(
        Project.objects.select_related("dong", "lead", "thread", "allocation"), pk=project_id
    )


def ask_page(request, act, form, *, about):
    """`about` is the thing the form speaks of; the way back leads to it."""
    title, button, after = texts.PAGES[act]
    return render(
        request,
        "project/ask.html",
        {"form": form, "title": title, "button": button, "after": after, "about": about},
    )
