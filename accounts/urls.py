"""The sign-in library's pages are opened one by one; whatever it adds in a later version stays closed."""

from allauth.account import views as allauth
from django.urls import include, path, re_path

from accounts import views

sign_in = [
    path("dang-nhap/", allauth.login, name="account_login"),
    path("thoat/", allauth.logout, name="account_logout"),
    path("bi-khoa/", allauth.account_inactive, name="account_inactive"),
    # Closed by the adapter, but the library links to it: it answers whom to ask for an account.
    path("dang-ky/", allauth.signup, name="account_signup"),
    path("doi-mat-khau/", allauth.password_change, name="account_change_password"),
    path("dat-mat-khau/", allauth.password_set, name="account_set_password"),
    path("quen-mat-khau/", allauth.password_reset, name="account_reset_password"),
    path("quen-mat-khau/da-gui/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^quen-mat-khau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "quen-mat-khau/xong/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

people = [
    path("don-vi/", views.units, name="units"),
    path("don-vi/them/", views.unit_add, name="unit_add"),
    path("don-vi/<int:pk>/", views.unit_edit, name="unit_edit"),
    path("don-vi/<int:pk>/ngung/", views.unit_end, name="unit_end"),
    path("don-vi/<int:pk>/mo-lai/", views.unit_reopen, name="unit_reopen"),
    path("nguoi-dung/", views.people, name="people"),
    path("nguoi-dung/them/", views.person_add, name="person_add"),
    path("nguoi-dung/<int:pk>/", views.person_edit, name="person_edit"),
    path("nguoi-dung/<int:pk>/vai-tro/", views.membership_add, name="membership_add"),
    path("nguoi-dung/vai-tro/<int:pk>/ket-thuc/", views.membership_end, name="membership_end"),
    path("nguoi-dung/<int:pk>/phieu/", views.slip_make, name="slip_make"),
    path("vao/<str:token>/", views.slip_use, name="slip_use"),
    path("tro-giup/", views.help_page, name="help"),
]

urlpatterns = [
    path("tai-khoan/", include(sign_in)),
    path("", include((people, "accounts"))),
]
