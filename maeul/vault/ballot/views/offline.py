"""Files that run from disk, handed out with their hash."""

from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from maeul.vault.ballot import monitor, offline


@login_not_required
@require_GET
def holders(request):
    """The key holders' file: what it is for, its hash, how one checks it."""
    content = offline.holders_file()
    return render(
        request,
        "ballot/holders.html",
        {"digest": offline.hash_of(content), "kilobytes": len(content) // 1000},
    )


@login_not_required
@require_GET
def holders_file(request, digest):
    """To be kept, not to be opened here: no private key comes near a page of the site."""
    content = offline.kept(digest)
    if content is None:
        raise Http404
    return _handed_out(content, "maeul-holders.html")


@login_not_required
@require_GET
def verify_page(request):
    """The check in a browser: the same page here and from disk, under its own content policy."""
    page = offline.verify_page()
    answer = HttpResponse(page)
    answer["Content-Security-Policy"] = offline.policy_of(page) + "; frame-ancestors 'none'"
    return answer


@login_not_required
@require_GET
def monitor_file(request):
    """The small program with which outsiders watch a board."""
    return _handed_out(Path(monitor.__file__).read_bytes(), "monitor.py")


def _handed_out(content, name):
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
