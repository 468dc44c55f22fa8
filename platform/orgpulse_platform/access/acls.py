"""The policy as Kafka's access-control lists: what there should be, what there is, and making it so."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from kafka.admin import (
    ACL,
    ACLFilter,
    ACLOperation,
    ACLPermissionType,
    ACLResourcePatternType,
    ResourcePattern,
    ResourcePatternFilter,
    ResourceType,
)
from kafka.errors import SecurityDisabledError

from orgpulse_platform.access.errors import AccessNotAppliedError, NoAuthorizerError
from orgpulse_platform.access.policy import KafkaGrant, Right, kafka_grants, policy
from orgpulse_platform.clients import admin_client, bootstrap, broker_errors
from orgpulse_platform.settings import Settings

_OPERATIONS: Final = {
    Right.READ: (ACLOperation.READ,),
    Right.WRITE: (ACLOperation.WRITE,),
    Right.COUNT: (ACLOperation.DESCRIBE,),
    Right.ERASE: (ACLOperation.READ, ACLOperation.WRITE, ACLOperation.DELETE),
}
"""Reading and writing include describing; an idempotent producer needs nothing more than to write."""
_KINDS: Final = {"topic": ResourceType.TOPIC, "group": ResourceType.GROUP}


@dataclass(frozen=True, slots=True)
class AclDifference:
    """How the cluster differs from the policy."""

    missing: tuple[Any, ...]
    surplus: tuple[Any, ...]
    """Entries on the platform's topics and group, for anybody, that the policy does not state."""


def wanted(group: str) -> set[Any]:
    """The entries that the policy asks for."""
    return {
        _entry(grant, operation) for grant in kafka_grants(group) for operation in _OPERATIONS[grant.right]
    }


def compare(settings: Settings) -> AclDifference:
    """Compare the cluster with the policy.

    Raises :class:`NoAuthorizerError` for a cluster that is open, and :class:`BrokerUnavailableError`.
    """
    should = wanted(settings.streams.group)
    there = {entry for entry in _there(settings) if _is_ours(entry, settings.streams.group)}
    return AclDifference(_sorted(should - there), _sorted(there - should))


def apply(settings: Settings, difference: AclDifference, *, remove_surplus: bool) -> None:
    """Add what is missing and, if asked, remove what is too much.

    Raises :class:`AccessNotAppliedError` if Kafka does not do it.
    """
    with broker_errors(settings.kafka):
        admin = admin_client(settings.kafka)
        try:
            failed: list[Any] = []
            if difference.missing:
                failed += admin.create_acls(list(difference.missing))["failed"]
            if remove_surplus and difference.surplus:
                answers = admin.delete_acls([_filter(entry) for entry in difference.surplus])
                failed += [error for _, _, error in answers if error.errno]
        finally:
            admin.close()
    if failed:
        names = sorted({error.__name__ for error in failed})
        raise AccessNotAppliedError(f"{bootstrap(settings.kafka)} ({', '.join(names)})")


def shown(entry: Any) -> str:
    """An entry in words."""
    pattern = entry.resource_pattern
    prefixed = pattern.pattern_type is ACLResourcePatternType.PREFIXED
    name = f"{pattern.resource_name}*" if prefixed else pattern.resource_name
    may = "may" if entry.permission_type is ACLPermissionType.ALLOW else "may not"
    operation, kind = entry.operation.name.lower(), pattern.resource_type.name.lower()
    return f"{entry.principal} {may} {operation} {kind} {name}"


def _entry(grant: KafkaGrant, operation: ACLOperation) -> Any:
    pattern = ACLResourcePatternType.PREFIXED if grant.prefixed else ACLResourcePatternType.LITERAL
    return ACL(
        principal=f"User:{grant.principal}",
        host="*",
        operation=operation,
        permission_type=ACLPermissionType.ALLOW,
        resource_pattern=ResourcePattern(_KINDS[grant.kind], grant.name, pattern),
    )


def _filter(entry: Any) -> Any:
    pattern = entry.resource_pattern
    return ACLFilter(
        principal=entry.principal,
        host=entry.host,
        operation=entry.operation,
        permission_type=entry.permission_type,
        resource_pattern=ResourcePatternFilter(
            pattern.resource_type, pattern.resource_name, pattern.pattern_type
        ),
    )


def _there(settings: Settings) -> list[Any]:
    everything = ACLFilter(
        principal=None,
        host=None,
        operation=ACLOperation.ANY,
        permission_type=ACLPermissionType.ANY,
        resource_pattern=ResourcePatternFilter(ResourceType.ANY, None, ACLResourcePatternType.ANY),
    )
    with broker_errors(settings.kafka):
        admin = admin_client(settings.kafka)
        try:
            entries, _ = admin.describe_acls(everything)
        except SecurityDisabledError:
            raise NoAuthorizerError(bootstrap(settings.kafka)) from None
        finally:
            admin.close()
    return list(entries)


def _is_ours(entry: Any, group: str) -> bool:
    """Whether an entry opens or closes a topic of the platform, or the group of the streams, to anybody."""
    pattern = entry.resource_pattern
    name, kind = pattern.resource_name, pattern.resource_type
    if kind is ResourceType.GROUP:
        names: Iterable[str] = (group,)
    elif kind is ResourceType.TOPIC:
        names = [one.topics for one in policy().resources.values() if one.topics and one.topics != "own"]
    else:
        return False
    if name == "*":
        return True
    prefixed = pattern.pattern_type is ACLResourcePatternType.PREFIXED
    return any(name.startswith(ours) or (prefixed and ours.startswith(name)) for ours in names)


def _sorted(entries: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(entries, key=shown))
