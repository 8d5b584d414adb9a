"""Letters about accounts go by the outbox of `notice`, which lies above `people`."""

from django.utils import timezone

from maeul.ground.notice import actions as notice
from maeul.ground.people import adapters


class AccountAdapter(adapters.AccountAdapter):
    """The sign-in library's letters, written in its transaction and sent by the worker.

    An address that nobody joined with gets its letter on the same way, so that how long the answer
    takes tells nothing either.
    """

    def send_mail(self, template_prefix, email, context):
        context = {"request": self.request, "email": email, **context}
        letter = self.render_mail(template_prefix, email, context)
        notice.write(to=email, title=letter.subject, text=letter.body, at=timezone.now())
