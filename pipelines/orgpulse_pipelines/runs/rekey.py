"""``orgpulse rekey``: the people in the warehouse get the pseudonyms of the newest keys."""

from contextlib import closing

from orgpulse_pipelines.landing.pseudonyms import renew_warehouse
from orgpulse_pipelines.warehouse.connect import open_warehouse
from orgpulse_pipelines.warehouse.failures import sql_errors
from orgpulse_pipelines.warehouse.rewrite import rewrite_warehouse
from orgpulse_platform.keyring import open_keyring
from orgpulse_platform.settings import Settings


def rekey(settings: Settings) -> int:
    """Renew every pseudonym of an older key in the warehouse; the number of rows that changed.

    The file is written anew, since its free blocks would hold the older ones.
    Interrupted, it goes on where it stood when it runs again. Raises
    :class:`~orgpulse_platform.errors.KeyringError`, or what opening the warehouse raises.
    """
    keyring = open_keyring(settings)
    with closing(open_warehouse(settings)) as connection, sql_errors("renewal of pseudonyms"):
        renewed = renew_warehouse(connection, keyring)
    rewrite_warehouse(settings)
    return renewed
