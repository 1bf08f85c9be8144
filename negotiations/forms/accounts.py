"""The form of signing in."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.forms import TextInput

from ..models import User


class SignInForm(AuthenticationForm):
    """Django's sets how long a name may be on the field's input only; what counts attempts stores no longer one."""

    username = UsernameField(
        max_length=User._meta.get_field("username").max_length, widget=TextInput(attrs={"autofocus": True})
    )
