app_name = "ballot"
urlpatterns = []
