from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("district/", include("maeul.ground.district.urls")),
    path("law/", include("maeul.ground.law.urls")),
    path("people/", include("maeul.ground.people.urls")),
    path("votes/", include("maeul.vault.ballot.urls")),
    path("", include("maeul.core.urls")),
]
