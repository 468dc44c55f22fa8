"""The keyring: keys by purpose and domain, in versions, and what can be done with them unseen."""

from orgpulse_platform.keyring.document import PSEUDONYM_DOMAINS
from orgpulse_platform.keyring.files import create_keyring, load_keyring
from orgpulse_platform.keyring.keyring import Keyring
from orgpulse_platform.keyring.opening import open_keyring

__all__ = ["PSEUDONYM_DOMAINS", "Keyring", "create_keyring", "load_keyring", "open_keyring"]
