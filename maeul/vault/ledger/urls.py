from django.urls import path

from maeul.vault.ledger import views

app_name = "ledger"

urlpatterns = [
    path("accounts/<int:account_id>/", views.account, name="account"),
    path("entries/<int:entry_id>/", views.entry, name="entry"),
]
