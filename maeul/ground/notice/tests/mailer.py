"""A worker that sends one letter, in a process of its own, for `test_killed_worker.py`.

    python -m maeul.ground.notice.tests.mailer '{"database": …, "port": …, "letter": …}'

`stop` makes it wait, forever, at a place where it can be killed: `before` or `after` the mail
server took the letter.  `unmarked` takes out the marking, in this process alone.
"""

import json
import os
import sys
import time


def main(order):
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.tests"
    import django

    django.setup()
    from django.conf import settings
    from django.core.mail.backends.smtp import EmailBackend
    from django.db import connection

    from maeul.ground.notice import actions

    connection.settings_dict["NAME"] = order["database"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", order["port"]
    send_messages = EmailBackend.send_messages

    def stopping(backend, emails):
        if order.get("stop") == "before":
            stop()
        took = send_messages(backend, emails)
        if order.get("stop") == "after":
            stop()
        return took

    EmailBackend.send_messages = stopping
    if order.get("unmarked"):
        from maeul.ground.notice.models import Letter

        Letter.save = lambda letter, **how: None
    print(actions.send(letter_id=order["letter"]).state, flush=True)


def stop():
    print("stopped", flush=True)
    time.sleep(600)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
