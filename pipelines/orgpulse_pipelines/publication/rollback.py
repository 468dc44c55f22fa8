"""Goes back to an earlier publication and holds readers there until they are released."""

from orgpulse_pipelines.errors import NothingPublishedError
from orgpulse_pipelines.publication.errors import NotHeldError, UnknownPublicationError
from orgpulse_pipelines.publication.moves import Move, add_move, hold, read_moves
from orgpulse_pipelines.publication.shelf import Publication, current, only_one, point_to, publications
from orgpulse_pipelines.publication.verify import verify_kept
from orgpulse_platform.state import StateFolder


def find_publication(folder: StateFolder, named: str) -> Publication:
    """The one publication whose id is this or begins so; raises :class:`UnknownPublicationError`."""
    found = [one for one in publications(folder) if one.id.startswith(named)]
    exact = [one for one in found if one.id == named]
    if len(exact or found) != 1:
        raise UnknownPublicationError(f"{named} is the beginning of {len(found)}" if found else named)
    return (exact or found)[0]


def roll_back(folder: StateFolder, to: str | None = None, reason: str = "") -> Move:
    """Make an earlier publication the current one, by default the one before, and hold readers there.

    It is read to the end before anybody is moved. Raises :class:`NothingPublishedError`,
    :class:`UnknownPublicationError`, :class:`UnreadablePublicationError`, :class:`MovesError` or
    :class:`StateFolderError`; readers then stay where they are.
    """
    if not publications(folder):
        raise NothingPublishedError(str(folder.publications))
    with only_one(folder):
        left = current(folder)
        entered = find_publication(folder, to) if to else _before(folder, left)
        if entered == left:
            raise UnknownPublicationError(f"{entered.id} is the current one already")
        verify_kept(entered)
        move = add_move(folder, "rollback", left.id if left else None, entered.id, reason)
        point_to(folder, entered)
    return move


def release(folder: StateFolder) -> Move:
    """End the hold: readers see the newest publication that was written meanwhile, or else the next one.

    Raises :class:`NotHeldError`, :class:`UnreadablePublicationError`, :class:`MovesError` or
    :class:`StateFolderError`.
    """
    with only_one(folder):
        held = hold(read_moves(folder))
        if held is None:
            raise NotHeldError
        left = current(folder)
        written = [one for one in publications(folder) if one.published_at > held.at]
        if written:
            verify_kept(written[0])
        entered = written[0].id if written else None
        move = add_move(folder, "release", left.id if left else None, entered)
        if written:
            point_to(folder, written[0])
    return move


def _before(folder: StateFolder, left: Publication | None) -> Publication:
    """The newest publication that is older than the current one."""
    older = (one for one in publications(folder) if left is None or one.id < left.id)
    found = next(older, None)
    if found is None:
        raise UnknownPublicationError("there is none before the current one")
    return found
