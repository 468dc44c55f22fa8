"""What the training systems keep: who took which course when. Others count by it."""

from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from orgpulse_platform.simulator.people import Person


@dataclass(frozen=True, slots=True)
class Session:
    """A session of the training catalogue and who attended it."""

    session_id: str
    course_id: str
    unit_id: str
    language: str
    day: date
    at: int
    """When it is told, in seconds since 1970 (UTC)."""
    attending: tuple[Person, ...]
    attended_at: "array[int]"
    """When each attendance is told."""


@dataclass(frozen=True, slots=True)
class Completion:
    """An e-learning course taken, for the first time or again."""

    person: Person
    day: date
    language: str


@dataclass(frozen=True, slots=True)
class TrainingHeld:
    """A session and the people whom it trained; whoever attended the course before is not counted again."""

    session: Session
    participants: int


@dataclass(frozen=True, slots=True)
class Trainings:
    """Every session, and the completions of the e-learning that the evaluation function counts."""

    sessions: list[Session]
    completions: list[Completion]

    def attendances(self) -> Iterator[tuple[str, date]]:
        """Course and day of every attendance."""
        for session in self.sessions:
            for _ in session.attending:
                yield session.course_id, session.day

    def held(self, courses: set[str]) -> list[TrainingHeld]:
        """The sessions of these courses that trained anybody, in the order in which they were held."""
        sessions = sorted(
            (session for session in self.sessions if session.course_id in courses),
            key=lambda session: session.at,
        )
        attendances = [
            (at, session, person)
            for session in self.sessions
            if session.course_id in courses
            for at, person in zip(session.attended_at, session.attending, strict=True)
        ]
        attendances.sort(key=lambda attendance: attendance[0])
        participants: Counter[str] = Counter()
        reached: set[tuple[str, Person]] = set()
        for _, session, person in attendances:
            first_time = (session.course_id, person)
            participants[session.session_id] += first_time not in reached
            reached.add(first_time)
        return [
            TrainingHeld(session, participants[session.session_id])
            for session in sessions
            if participants[session.session_id] > 0
        ]
