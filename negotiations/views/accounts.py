"""One's own account: signing in and out, and the password."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from ..domain import accounts
from ..forms.accounts import SignInForm
from ..models import User
from .http import respond

sign_in = require_http_methods(["GET", "HEAD", "POST"])(
    auth_views.LoginView.as_view(
        template_name="accounts/sign_in.html", authentication_form=SignInForm, redirect_authenticated_user=True
    )
)
sign_out = require_POST(auth_views.LogoutView.as_view())


class SignedIn(HttpRequest):
    """A request behind login_required."""

    user: User


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@login_required
def password_change(request: SignedIn) -> HttpResponse:
    form = PasswordChangeForm(request.user, request.POST or None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return respond(request, "accounts/password_change.html", {"form": form}, status=status)
    user = accounts.change_password(request.user, form.cleaned_data["new_password1"], by=request.user)
    update_session_auth_hash(request, user)  # stay signed in here; other sessions end
    messages.success(request, "Your password is changed.")
    return redirect("index")
