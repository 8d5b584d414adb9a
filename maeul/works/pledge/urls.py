from django.urls import path

from maeul.works.pledge import views

app_name = "pledge"

urlpatterns = [
    path("", views.money, name="money"),
    path("<slug:code>/", views.card, name="card"),
    path("<slug:code>/paper/", views.paper, name="paper"),
    path("<slug:code>/budget.csv", views.budget_sheet, name="budget_sheet"),
    path("<slug:code>/spending.csv", views.spending_sheet, name="spending_sheet"),
    path("<slug:code>/table/", views.import_table, name="import_table"),
    path("<slug:code>/progress/", views.report_progress, name="report_progress"),
    path("<slug:code>/change/", views.change, name="change"),
    path("cells/<int:cell_id>/", views.cell, name="cell"),
    path("cells/<int:cell_id>/tie/", views.tie, name="tie"),
]
