from django.urls import path

from plans import views, views_mending

app_name = "plans"

urlpatterns = [
    path("ke-hoach/", views.list_plans, name="list"),
    path("ke-hoach/tai-len/", views.upload, name="upload"),
    path("ke-hoach/<int:pk>/ban-nhap/", views.draft, name="draft"),
    path("ke-hoach/<int:pk>/van-ban/", views.document, name="document"),
    path("ke-hoach/<int:pk>/tep-goc/", views.original, name="original"),
    path("ke-hoach/<int:pk>/xoa/", views.delete, name="delete"),
    path("ke-hoach/<int:pk>/dau-va-cuoi/", views_mending.header, name="header"),
    path("ke-hoach/phan/<int:pk>/", views_mending.section, name="section"),
    path("ke-hoach/noi-dung/<int:pk>/", views_mending.item, name="item"),
    path("ke-hoach/noi-dung/<int:pk>/sua/", views_mending.edit_item, name="edit_item"),
    path("ke-hoach/noi-dung/<int:pk>/chuyen/", views_mending.move_item, name="move_item"),
    path("ke-hoach/noi-dung/<int:pk>/theo-doi/", views_mending.mark_task, name="mark_task"),
    path("ke-hoach/cho-can-xem/<int:pk>/", views_mending.settle_doubt, name="settle_doubt"),
]
