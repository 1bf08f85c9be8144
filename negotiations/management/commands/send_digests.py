"""`manage.py send_digests`: the digest by e-mail, to everybody who asked for it and has something new."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string

from negotiations.domain import digests
from negotiations.domain.negotiations import get_workspace
from negotiations.domain.permissions import Hidden
from negotiations.models import DigestMark


class Command(BaseCommand):
    help = "Send each user, by e-mail, what has changed in what they watch since the last time."

    def handle(self, **options: Any) -> None:
        marks = DigestMark.objects.filter(by_mail=True, user__is_active=True).exclude(user__email="")
        sent, failed = 0, []
        for mark in marks.select_related("negotiation", "user").order_by("pk"):
            try:
                sent += self.send(mark)
            except OSError as error:  # also what smtplib raises; the others still get theirs
                failed.append(f"{mark.user.username}: {error}")
        self.stdout.write(f"Sent {sent} {'digest' if sent == 1 else 'digests'}.")
        if failed:
            raise CommandError("Not sent, to be tried again next time: " + "; ".join(failed))

    def send(self, mark: DigestMark) -> bool:
        """Send one, and note it after it went: whoever gets it twice has lost nothing."""
        try:
            workspace = get_workspace(mark.negotiation.slug, by=mark.user)
        except Hidden:  # no longer open to them
            return False
        digest = digests.get_digest(workspace, by=mark.user, unmailed=True)
        if not digest.lines:
            return False
        context = {"negotiation": workspace, "digest": digest, "site": settings.PARLEY_ADDRESS.url}
        subject = " ".join(f"Parley: what is new in {workspace.name}".split())
        EmailMessage(subject, render_to_string("digests/mail.txt", context), to=[mark.user.email]).send()
        digests.mark_mailed(workspace, by=mark.user)
        return True
