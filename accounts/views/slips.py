"""The printed first-sign-in slip: made by the office, spent by the person."""

import segno
from allauth.account.forms import SetPasswordForm
from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from accounts.services import find_slip, make_slip, use_slip
from accounts.views.shared import kept_person, posted
from danvan.problems import Problem


@require_POST
@never_cache
def slip_make(request: SignedInRequest, pk: int) -> HttpResponse:
    """The slip is the answer to this very press: no address shows it a second time."""
    agency, person = kept_person(request.user, pk)
    try:
        token = make_slip(user=person, made_by=request.user)
    except Problem as problem:
        messages.error(request, str(problem))
        return redirect("accounts:person_edit", person.pk)
    link = settings.PUBLIC_URL + reverse("accounts:slip_use", args=[token])
    picture = segno.make(link, error="m", micro=False).svg_data_uri(border=2, dark="#000")
    context = {
        "person": person,
        "agency": agency,
        "link": link,
        "picture": picture,
        "slip": find_slip(token=token),
        "home": settings.PUBLIC_URL,
    }
    return render(request, "accounts/slip.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@rate_limit(action="sign_in_slip", limit_get=True)
@never_cache
@sensitive_post_parameters("password1", "password2")
def slip_use(request: HttpRequest, token: str) -> HttpResponse:
    slip = find_slip(token=token)
    if slip is None:  # unknown, used, withdrawn, expired: the same words, so that nothing can be learnt
        return render(request, "accounts/slip_dead.html", status=404)
    form = SetPasswordForm(slip.user, posted(request))
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "accounts/slip_use.html", {"form": form, "person": slip.user}, status=status)
    try:
        user = use_slip(token=token, password=form.cleaned_data["password1"])
    except Problem:  # somebody else was faster
        return render(request, "accounts/slip_dead.html", status=404)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    messages.success(request, "Đã đặt mật khẩu. Lần sau hãy đăng nhập bằng tên đăng nhập và mật khẩu này.")
    return redirect(settings.LOGIN_REDIRECT_URL)
