"""How values look on a page: icons, dates, sums.  Loaded in every template."""

import secrets

from django import template
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
def once():
    """The hidden key by which a form is done only once (see core.middleware.OnceMiddleware)."""
    return format_html('<input type="hidden" name="once" value="{}">', secrets.token_urlsafe(16))
