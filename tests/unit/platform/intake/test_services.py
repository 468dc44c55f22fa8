"""The intake as a service of a local installation."""

from importlib.metadata import entry_points

from orgpulse_platform.intake.services import services
from orgpulse_platform.intake.tokens import create_token, read_tokens, revoke_token
from orgpulse_platform.services.service import LeftOut, Service
from orgpulse_platform.settings import Settings


def test_without_a_token_it_is_left_out_and_says_how_to_have_it(settings: Settings) -> None:
    (left_out,) = services(settings)
    assert isinstance(left_out, LeftOut)
    assert "orgpulse intake token create" in left_out.reason
    assert not settings.folder.root.exists()


def test_with_a_token_it_is_started_at_the_address_it_states(settings: Settings) -> None:
    _, token = create_token(settings.folder.intake_tokens, "PR-2")
    (service,) = services(settings)
    assert isinstance(service, Service)
    assert service.address is not None
    port = service.command[service.command.index("--port") + 1]
    assert service.address == f"http://127.0.0.1:{port}/events"
    assert token not in str(service)


def test_when_the_last_token_is_revoked_it_is_left_out_again(settings: Settings) -> None:
    path = settings.folder.intake_tokens
    stored, _ = create_token(path, "PR-2")
    revoke_token(path, stored.id)
    assert read_tokens(path) == ()
    assert isinstance(services(settings)[0], LeftOut)


def test_tokens_that_others_can_read_stop_the_intake_and_no_other_service(settings: Settings) -> None:
    create_token(settings.folder.intake_tokens, "PR-2")
    settings.folder.intake_tokens.chmod(0o644)
    (left_out,) = services(settings)
    assert isinstance(left_out, LeftOut)
    assert "can be read by others" in left_out.reason


def test_it_is_among_the_services_that_up_starts() -> None:
    (entry,) = entry_points(group="orgpulse.services", name="platform")
    assert entry.load() is services
