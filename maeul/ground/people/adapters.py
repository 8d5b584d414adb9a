"""How the sign-in library speaks and keeps secrets: our sentences, encrypted second factors."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

from maeul.ground.people.texts import ERRORS_OF_SIGN_IN


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {**DefaultAccountAdapter.error_messages, **ERRORS_OF_SIGN_IN}


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keys live outside the database: the first encrypts, the others still open (rotation)."""

    error_messages = {**DefaultMFAAdapter.error_messages, **ERRORS_OF_SIGN_IN}

    def encrypt(self, text):
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _keys().decrypt(encrypted_text.encode()).decode()


def _keys():
    return MultiFernet([Fernet(key) for key in settings.SECOND_FACTOR_KEYS])
