app_name = "law"

urlpatterns = []
