"""Free text in, free text without people out."""

from collections.abc import Iterator

from orgpulse_streams.scrub.addresses import find_addresses
from orgpulse_streams.scrub.contacts import find_contacts
from orgpulse_streams.scrub.dates import find_dates
from orgpulse_streams.scrub.name_lists import Known
from orgpulse_streams.scrub.names import NameFinder
from orgpulse_streams.scrub.numbers import find_numbers
from orgpulse_streams.scrub.phones import find_phones
from orgpulse_streams.scrub.plain import plain
from orgpulse_streams.scrub.spans import Span, apart


class Scrubber:
    """Finds personal details in texts; ``known`` are the words that are names in the HR system.

    Patterns, check digits and lists: no language model, nothing learnt from texts. The time for a text grows
    with its length, whatever is in it.
    """

    def __init__(self, known: Known = frozenset()) -> None:
        self._names = NameFinder(known)

    def find(self, text: str) -> list[Span]:
        """What is found, in the order of the text and without overlaps; offsets in code points."""
        read = plain(text)
        kept = apart(self._found(read.text), len(read.text))
        return [read.original(span) for span in kept]

    def scrub(self, text: str) -> str:
        """The text with a placeholder such as ``[PERSON]`` for everything that is found."""
        pieces = []
        done = 0
        for span in self.find(text):
            pieces += [text[done : span.start], f"[{span.kind}]"]
            done = span.end
        return "".join([*pieces, text[done:]])

    def _found(self, text: str) -> Iterator[Span]:
        """The finders in the order of how sure they are; a later one has what the earlier ones left."""
        yield from find_contacts(text)
        yield from find_numbers(text)
        yield from find_dates(text)
        yield from find_addresses(text)
        yield from find_phones(text)
        yield from self._names.find(text)
