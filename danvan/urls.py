from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("reports.urls")),
    path("", include("tasks.urls")),
    path("", include("plans.urls")),
    path("", include("accounts.urls")),
    path("quan-tri/", admin.site.urls),
]
