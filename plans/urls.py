from django.urls import path

from plans import views, views_mending, views_reshaping, views_units

app_name = "plans"

urlpatterns = [
    path("ke-hoach/", views.list_plans, name="list"),
    path("ke-hoach/tai-len/", views.upload, name="upload"),
    path("ke-hoach/<int:pk>/ban-nhap/", views.draft, name="draft"),
    path("ke-hoach/<int:pk>/van-ban/", views.document, name="document"),
    path("ke-hoach/<int:pk>/tep-goc/", views.original, name="original"),
    path("ke-hoach/<int:pk>/xoa/", views.delete, name="delete"),
    path("ke-hoach/<int:pk>/dau-va-cuoi/", views_mending.header, name="header"),
    path("ke-hoach/<int:pk>/ban-goc/", views.source, name="source"),
    path("ke-hoach/<int:pk>/don-vi/", views_units.units, name="units"),
    path("ke-hoach/<int:pk>/don-vi/ten-goi/", views_units.name_unit, name="name_unit"),
    path("ke-hoach/<int:pk>/don-vi/them/", views_units.add_unit, name="add_unit"),
    path("ke-hoach/<int:pk>/don-vi/thanh-vien/", views_units.group_members, name="group_members"),
    path("ke-hoach/phan/<int:pk>/", views_mending.section, name="section"),
    path("ke-hoach/noi-dung/<int:pk>/", views_mending.item, name="item"),
    path("ke-hoach/noi-dung/<int:pk>/sua/", views_mending.edit_item, name="edit_item"),
    path("ke-hoach/noi-dung/<int:pk>/chuyen/", views_mending.move_item, name="move_item"),
    path("ke-hoach/noi-dung/<int:pk>/theo-doi/", views_mending.mark_task, name="mark_task"),
    path("ke-hoach/noi-dung/<int:pk>/khac/", views_reshaping.item_tools, name="item_tools"),
    path("ke-hoach/noi-dung/<int:pk>/thut/", views_reshaping.shift_item, name="shift_item"),
    path("ke-hoach/noi-dung/<int:pk>/tach/", views_reshaping.split_item, name="split_item"),
    path("ke-hoach/noi-dung/<int:pk>/nhap/", views_reshaping.merge_item, name="merge_item"),
    path("ke-hoach/noi-dung/<int:pk>/them/", views_reshaping.add_below, name="add_below"),
    path("ke-hoach/noi-dung/<int:pk>/xoa/", views_reshaping.remove_item, name="remove_item"),
    path("ke-hoach/phan/<int:pk>/them/", views_reshaping.add_line, name="add_line"),
    path("ke-hoach/da-xoa/<int:pk>/lay-lai/", views_reshaping.restore, name="restore"),
    path("ke-hoach/cho-can-xem/<int:pk>/", views_mending.settle_doubt, name="settle_doubt"),
]
