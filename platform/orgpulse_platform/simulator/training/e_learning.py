"""E-learning: the course catalogue, waves of first completions, and refreshers when they expire."""

from array import array
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from orgpulse_platform.simulator.draw import day_between
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.organisation import Organisation
from orgpulse_platform.simulator.people import Person
from orgpulse_platform.simulator.scenario import Audience, Wave
from orgpulse_platform.simulator.training.catalogue import Completion
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.reference.organisation import CourseRegistered
from orgpulse_schemas.families.training.courses import CompletionRecorded

REFRESHED_DAYS: Final = (-60, 45)
"""A refresher is taken so many days from the expiry."""
ENGLISH_SHARE: Final = 0.25
"""Share of learners who take a course in English where another language is offered."""


def register_courses(world: World, chronicle: Chronicle) -> None:
    """Tell the registration of every course."""
    for course in world.scenario.courses:
        chronicle.tell(CourseRegistered, course.released_on, course.model_dump())


def in_audience(person: Person, audience: Audience) -> bool:
    """Whether a training is meant for the person."""
    match audience:
        case "staff":
            return person.kind == "staff"
        case "managers":
            return person.manager
        case "all":
            return True


class ELearning:
    """Who completed which e-learning course when."""

    def __init__(
        self, world: World, organisation: Organisation, people: list[Person], chronicle: Chronicle
    ) -> None:
        self._world = world
        self._scenario = world.scenario
        self._organisation = organisation
        self._people = people
        self._chronicle = chronicle
        self._rng = world.stream("e-learning")
        self._validity = {course.course_id: course.validity for course in world.scenario.courses}
        self._languages = world.scenario.training.course_languages
        self._counted_course = world.scenario.evaluation.elearning_course
        self._done: defaultdict[str, bytearray] = defaultdict(lambda: bytearray(len(people)))
        """By course, whether each of the people completed it."""
        self._first_days: dict[str, array[int]] = {
            course.course_id: array("i") for course in world.scenario.courses
        }
        """By course, the days (proleptic Gregorian ordinals) of the first completions."""
        self.counted: list[Completion] = []
        """Completions of the course that the evaluation function counts."""

    def run(self) -> None:
        """Complete every wave in turn."""
        for wave in self._scenario.completions:
            self._wave(wave, self._world.scaled(wave.people))

    def _wave(self, wave: Wave, number: int) -> None:
        """Exactly so many people complete the course who never did before, as far as there are any."""
        done, first_days = self._done[wave.course_id], self._first_days[wave.course_id]
        pool = array("i")
        for index, person in enumerate(self._people):
            first, last = _service(person, wave)
            if first <= last and not done[index] and in_audience(person, wave.audience):
                pool.append(index)
        for index in self._rng.sample(pool, min(number, len(pool))):
            person = self._people[index]
            day = day_between(self._rng, *_service(person, wave))
            done[index] = True
            first_days.append(day.toordinal())
            self._complete(person, wave.course_id, day)
            self._refresh(person, wave.course_id, day)

    def first_completions(self) -> Iterator[tuple[str, date]]:
        """Course and day of everybody's first completion."""
        for course_id, days in self._first_days.items():
            for day in days:
                yield course_id, date.fromordinal(day)

    def _refresh(self, person: Person, course_id: str, day: date) -> None:
        """Take the course again around the expiry, if it expires while the person serves."""
        validity = self._validity[course_id]
        if validity is None:
            return
        expiry = _months_after(day, validity)
        again = expiry + timedelta(days=self._rng.randint(*REFRESHED_DAYS))
        refreshed = self._rng.random() < self._scenario.refreshed
        if refreshed and again <= self._scenario.last_day and person.serves_on(again):
            self._complete(person, course_id, again)

    def _complete(self, person: Person, course_id: str, day: date) -> None:
        language = self._organisation.by_id[person.unit_on(day)].language
        if language not in self._languages.get(course_id, (language,)):
            language = "EN"
        if self._rng.random() < ENGLISH_SHARE:
            language = "EN"
        if course_id == self._counted_course:
            self.counted.append(Completion(person, day, language))
        self._chronicle.tell(
            CompletionRecorded,
            day,
            {
                "personnel_id": person.personnel_id,
                "course_id": course_id,
                "completed_on": day,
                "language": language,
            },
        )


def _service(person: Person, wave: Wave) -> tuple[date, date]:
    """First and last day of service during a wave; the last before the first where there is none."""
    return max(wave.first, person.appointed_on), min(wave.last, person.separated_on or wave.last)


def _months_after(day: date, months: int) -> date:
    """The same day some months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
