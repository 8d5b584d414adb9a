"""What the frame of every page shows: the five questions, the dongs, who is signed in."""

from django.conf import settings

from maeul.ground.district.models import Dong


def site(request):
    return {
        "demo": settings.DEMO,
        "size": request.COOKIES.get("size", "normal"),
        "theme": request.COOKIES.get("theme", "auto"),
        "dongs": Dong.objects.order_by("code"),
        "my_dong": Dong.objects.filter(code=request.COOKIES.get("dong", "")).first(),
    }
