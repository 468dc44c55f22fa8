"""How clients reach the cluster and prove who they are: one place for kafka-python, aiokafka and Faust."""

import ssl
from typing import Any, Final

from orgpulse_platform.errors import SettingsError
from orgpulse_platform.settings import KafkaSettings

_SASL: Final = "SASL_"
_TLS: Final = "SSL"


def security_options(kafka: KafkaSettings) -> dict[str, Any]:
    """The options of kafka-python's and aiokafka's clients, empty for an open cluster.

    They hold the password: never log them. Raises :class:`SettingsError` if something is missing.
    """
    protocol = kafka.security_protocol
    if protocol == "PLAINTEXT":
        return {}
    options: dict[str, Any] = {"security_protocol": protocol}
    if protocol.endswith(_TLS):
        options["ssl_context"] = tls_context(kafka)
    if protocol.startswith(_SASL):
        options |= {
            "sasl_mechanism": kafka.sasl_mechanism,
            "sasl_plain_username": username(kafka),
            "sasl_plain_password": password(kafka),
        }
    return options


def tls_context(kafka: KafkaSettings) -> ssl.SSLContext:
    """What checks the cluster's certificate; raises :class:`SettingsError`."""
    try:
        return ssl.create_default_context(cafile=kafka.ssl_ca_file)
    except OSError as error:
        raise SettingsError(f"ORGPULSE_KAFKA__SSL_CA_FILE ({type(error).__name__})") from None


def username(kafka: KafkaSettings) -> str:
    """Who the process is on the cluster; raises :class:`SettingsError` if nobody says."""
    if kafka.sasl_username is None:
        raise SettingsError(f"ORGPULSE_KAFKA__SASL_USERNAME is needed with {kafka.security_protocol}")
    return kafka.sasl_username


def password(kafka: KafkaSettings) -> str:
    """The password, from its setting or its file; raises :class:`SettingsError`."""
    if kafka.sasl_password is not None:
        return kafka.sasl_password.get_secret_value()
    path = kafka.sasl_password_file
    if path is None:
        raise SettingsError("ORGPULSE_KAFKA__SASL_PASSWORD_FILE or ORGPULSE_KAFKA__SASL_PASSWORD is needed")
    try:
        if path.stat().st_mode & 0o077:
            raise SettingsError(f"ORGPULSE_KAFKA__SASL_PASSWORD_FILE: others can read {path}; chmod 600")
        return path.read_text(encoding="utf-8").rstrip("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"ORGPULSE_KAFKA__SASL_PASSWORD_FILE: {type(error).__name__}") from None
