"""Employment plans in the system of record: every reading and writing of their tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import uuid4

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from accounts.consents import advised_by, advising
from accounts.counsel_models import (
    EmploymentPlanRow,
    FollowUpRow,
    PlanSignatureRow,
    PlanStepRow,
    PlanVersionRow,
)
from accounts.models import ConsentRow
from database import Store
from graph.model import (
    EmploymentPlan,
    FollowUp,
    Outcome,
    PlanContent,
    PlanStep,
    PlanVersion,
    Signature,
)

FOLLOW_UPS = (30, 60, 90)
"""Days after both have signed."""


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """What a caseload shows of a plan, with the days on which something is due next."""

    goal_code: str
    goal_title: str
    steps: int
    done: int
    signed_on: date | None
    step_due: date | None = None
    review_due: date | None = None
    follow_up_due: date | None = None


class EmploymentPlanStore(Store):
    """Plans by the person they are for.

    Parameters
    ----------
    database : Database
        The system of record.
    now : callable
        The clock; a test gives another.
    """

    def of(self, person_id: str) -> EmploymentPlan | None:
        """Return a person's plan with all its versions."""
        with self._database.session() as session:
            row = session.scalar(select(EmploymentPlanRow).where(EmploymentPlanRow.person_id == person_id))
            if row is None:
                return None
            steps = session.scalars(
                select(PlanStepRow).where(PlanStepRow.plan_id == row.id).order_by(PlanStepRow.position)
            )
            draft = _content(row.said, tuple(map(_step, steps)))
            signatures: dict[int, list[Signature]] = {}
            for one in session.scalars(
                select(PlanSignatureRow)
                .where(PlanSignatureRow.plan_id == row.id)
                .order_by(PlanSignatureRow.part)
            ):
                signatures.setdefault(one.number, []).append(_signature(one))
            versions = session.scalars(
                select(PlanVersionRow)
                .where(PlanVersionRow.plan_id == row.id)
                .order_by(PlanVersionRow.number.desc())
            )
            follow_ups = session.scalars(
                select(FollowUpRow).where(FollowUpRow.plan_id == row.id).order_by(FollowUpRow.days)
            )
            return EmploymentPlan(
                row.id,
                row.person_id,
                row.counselor_id or "",
                row.counselor_name,
                draft,
                row.made_at,
                tuple(
                    PlanVersion(
                        one.number,
                        PlanContent.read(one.said),
                        one.digest,
                        one.made_at,
                        one.made_by,
                        tuple(signatures.get(one.number, ())),
                    )
                    for one in versions
                ),
                tuple(map(_follow_up, follow_ups)),
            )

    def keep(self, person_id: str, counselor: tuple[str, str], said: PlanContent) -> EmploymentPlan:
        """Make the person's plan say ``said``; ``counselor`` (id and name) writes it with them.

        Steps keep their id where ``said`` names it, and with it whether they are done.
        """
        try:
            self._keep(person_id, counselor, said)
        except IntegrityError:
            # The other half of a double click made it first.
            self._keep(person_id, counselor, said)
        kept = self.of(person_id)
        assert kept is not None  # noqa: S101 - it was just written
        return kept

    def _keep(self, person_id: str, counselor: tuple[str, str], said: PlanContent) -> None:
        with self._database.session() as session:
            row = session.scalar(select(EmploymentPlanRow).where(EmploymentPlanRow.person_id == person_id))
            if row is None:
                row = EmploymentPlanRow(person_id=person_id, made_at=self._now(), said={}, counselor_name="")
                session.add(row)
            row.counselor_id, row.counselor_name = counselor
            row.goal_code, row.goal_title = said.goal_code, said.goal_title
            row.reviews = " ".join(day.isoformat() for day in said.reviews)
            row.said = replace(said, steps=()).told()
            session.flush()
            kept = {
                one.id: one
                for one in session.scalars(select(PlanStepRow).where(PlanStepRow.plan_id == row.id))
            }
            for position, step in enumerate(said.steps):
                one = kept.pop(step.id, None)
                if one is None:
                    one = PlanStepRow(id=uuid4().hex, plan_id=row.id)
                    session.add(one)
                one.position, one.what, one.who = position, step.what, step.who
                one.due_on, one.cost, one.funding = step.due_on, step.cost, step.funding
            for gone in kept.values():
                session.delete(gone)

    def freeze(self, person_id: str, said: PlanContent, made_by: str) -> int:
        """Keep a version of the person's plan to be signed; returns its number.

        The same as the newest is the newest.
        """
        try:
            return self._freeze(person_id, said, made_by)
        except IntegrityError:
            # The other half of a double click came first.
            return self._freeze(person_id, said, made_by)

    def _freeze(self, person_id: str, said: PlanContent, made_by: str) -> int:
        with self._database.session() as session:
            plan_id = self._id(session, person_id)
            last = session.execute(
                select(PlanVersionRow.number, PlanVersionRow.digest)
                .where(PlanVersionRow.plan_id == plan_id)
                .order_by(PlanVersionRow.number.desc())
                .limit(1)
            ).first()
            if last is not None and last.digest == said.digest:
                return int(last.number)
            number = 1 if last is None else last.number + 1
            session.add(
                PlanVersionRow(
                    plan_id=plan_id,
                    number=number,
                    said=said.told(),
                    digest=said.digest,
                    made_at=self._now(),
                    made_by=made_by,
                )
            )
            return number

    def sign(self, person_id: str, number: int, signature: Signature) -> bool:
        """Keep a signature; ``False`` where this part has signed this version already.

        Once both have signed, follow-ups are due so many days after.
        """
        try:
            with self._database.session() as session:
                plan_id = self._id(session, person_id)
                session.add(
                    PlanSignatureRow(
                        plan_id=plan_id,
                        number=number,
                        part=signature.part,
                        name=signature.name,
                        drawn=signature.drawn,
                        signed_at=signature.signed_at,
                        digest=signature.digest,
                        on_screen_of=signature.on_screen_of,
                    )
                )
                session.flush()
                parts = session.scalar(
                    select(func.count(PlanSignatureRow.part.distinct())).where(
                        PlanSignatureRow.plan_id == plan_id, PlanSignatureRow.number == number
                    )
                )
                if parts == 2:
                    self._signed(session, plan_id, signature.signed_at.date())
                return True
        except IntegrityError:
            return False

    def strike(self, person_id: str, number: int) -> bool:
        """Take back the client's signature under a version; ``False`` when there is none."""
        with self._database.session() as session:
            plan_id = self._id(session, person_id)
            done = session.execute(
                delete(PlanSignatureRow).where(
                    PlanSignatureRow.plan_id == plan_id,
                    PlanSignatureRow.number == number,
                    PlanSignatureRow.part == "client",
                )
            )
            if not done.rowcount:  # type: ignore[attr-defined]
                return False
            both = (
                select(PlanSignatureRow.number)
                .where(PlanSignatureRow.plan_id == plan_id)
                .group_by(PlanSignatureRow.number)
                .having(func.count() == 2)
            )
            if session.scalar(both.limit(1)) is None:
                session.execute(
                    update(EmploymentPlanRow).where(EmploymentPlanRow.id == plan_id).values(signed_on=None)
                )
                session.execute(
                    delete(FollowUpRow).where(FollowUpRow.plan_id == plan_id, FollowUpRow.done_on.is_(None))
                )
            return True

    def tick(self, person_id: str, step_id: str, day: date | None) -> bool:
        """Keep when a step was done, or that it is not; ``False`` when the plan has no such step."""
        with self._database.session() as session:
            plan_id = self._id(session, person_id)
            done = session.execute(
                update(PlanStepRow)
                .where(PlanStepRow.id == step_id, PlanStepRow.plan_id == plan_id)
                .values(done_on=day)
            )
            return bool(done.rowcount)  # type: ignore[attr-defined]

    def followed_up(self, person_id: str, days: int, day: date, outcome: Outcome, words: str) -> bool:
        """Keep what a follow-up found; ``False`` when none of so many days is due."""
        with self._database.session() as session:
            plan_id = self._id(session, person_id)
            done = session.execute(
                update(FollowUpRow)
                .where(FollowUpRow.plan_id == plan_id, FollowUpRow.days == days)
                .values(done_on=day, outcome=outcome.value, words=words)
            )
            return bool(done.rowcount)  # type: ignore[attr-defined]

    def hand_over(self, person_id: str, counselor: tuple[str, str]) -> None:
        """Keep that another counselor (id and name) goes on with the plan."""
        with self._database.session() as session:
            session.execute(
                update(EmploymentPlanRow)
                .where(EmploymentPlanRow.person_id == person_id)
                .values(counselor_id=counselor[0], counselor_name=counselor[1])
            )

    def summaries(self, counselor_id: str, today: date) -> Mapping[str, PlanSummary]:
        """Return what a caseload shows of the plans of everybody whom a counselor may advise, by person."""
        mine = PlanStepRow.plan_id == EmploymentPlanRow.id
        count = select(func.count()).select_from(PlanStepRow).where(mine)
        ticked = select(func.count(PlanStepRow.done_on)).where(mine)
        step_due = select(func.min(PlanStepRow.due_on)).where(mine, PlanStepRow.done_on.is_(None))
        follow_up = select(func.min(FollowUpRow.due_on)).where(
            FollowUpRow.plan_id == EmploymentPlanRow.id, FollowUpRow.done_on.is_(None)
        )
        query = select(
            EmploymentPlanRow.person_id,
            EmploymentPlanRow.goal_code,
            EmploymentPlanRow.goal_title,
            count.scalar_subquery(),
            ticked.scalar_subquery(),
            EmploymentPlanRow.signed_on,
            step_due.scalar_subquery(),
            EmploymentPlanRow.reviews,
            follow_up.scalar_subquery(),
        ).where(
            EmploymentPlanRow.person_id.in_(
                select(ConsentRow.person_id).where(*advised_by(counselor_id, self._now()))
            )
        )
        with self._database.session() as session:
            return {
                person: PlanSummary(
                    code, title, steps, done, signed, due, _next_review(reviews, today), follow
                )
                for person, code, title, steps, done, signed, due, reviews, follow in session.execute(query)
            }

    def next_steps(self, person_ids: Collection[str]) -> Mapping[str, str]:
        """Return what the next step is that is due and not done, by person."""
        query = (
            select(EmploymentPlanRow.person_id, PlanStepRow.what)
            .join(PlanStepRow, PlanStepRow.plan_id == EmploymentPlanRow.id)
            .where(
                EmploymentPlanRow.person_id.in_(person_ids),
                PlanStepRow.done_on.is_(None),
                PlanStepRow.due_on.is_not(None),
            )
            .order_by(PlanStepRow.due_on.desc(), PlanStepRow.position.desc())
        )
        with self._database.session() as session:
            return {row.person_id: row.what for row in session.execute(query)}

    def steps_due(self, first: date, last: date) -> tuple[tuple[str, PlanStep], ...]:
        """Return (person id, step) of what is due between two days and not done."""
        query = (
            select(EmploymentPlanRow.person_id, PlanStepRow)
            .join(PlanStepRow, PlanStepRow.plan_id == EmploymentPlanRow.id)
            .where(PlanStepRow.due_on.between(first, last), PlanStepRow.done_on.is_(None))
            .order_by(PlanStepRow.due_on, PlanStepRow.id)
        )
        with self._database.session() as session:
            return tuple((person, _step(row)) for person, row in session.execute(query))

    def follow_ups_due(self, first: date, last: date) -> tuple[tuple[str, str, str, FollowUp], ...]:
        """Return what is due between two days and not done, for everybody who advises the person now.

        Each is the counselor's id, the person's, the plan's, and the follow-up.
        """
        query = (
            select(ConsentRow.grantee_id, EmploymentPlanRow.person_id, EmploymentPlanRow.id, FollowUpRow)
            .join(EmploymentPlanRow, EmploymentPlanRow.id == FollowUpRow.plan_id)
            .join(ConsentRow, ConsentRow.person_id == EmploymentPlanRow.person_id)
            .where(FollowUpRow.due_on.between(first, last), FollowUpRow.done_on.is_(None))
            .where(*advising(self._now()))
            .order_by(FollowUpRow.due_on, EmploymentPlanRow.id)
        )
        with self._database.session() as session:
            found = session.execute(query)
            return tuple((who, person, plan, _follow_up(row)) for who, person, plan, row in found if who)

    def reviews_due(self, first: date, last: date) -> tuple[tuple[str, str, str, date], ...]:
        """Return the days of review between two days: for the person, and everybody who advises them now.

        Each is who is to know it, the person's id, the plan's, and the day.
        """
        plans = select(EmploymentPlanRow.id, EmploymentPlanRow.person_id, EmploymentPlanRow.reviews).where(
            EmploymentPlanRow.reviews != ""
        )
        with self._database.session() as session:
            due = [
                (person, plan, day)
                for plan, person, said in session.execute(plans.order_by(EmploymentPlanRow.id))
                for day in map(date.fromisoformat, said.split())
                if first <= day <= last
            ]
            people = {person for person, _plan, _day in due}
            advised: dict[str, list[str]] = {}
            consents = select(ConsentRow.person_id, ConsentRow.grantee_id).where(
                ConsentRow.person_id.in_(people), *advising(self._now())
            )
            for person, who in session.execute(consents):
                if who is not None:
                    advised.setdefault(person, []).append(who)
        return tuple(
            (who, person, plan, day)
            for person, plan, day in due
            for who in (person, *dict.fromkeys(advised.get(person, ())))
        )

    def outcomes(self, person_ids: Collection[str]) -> Mapping[str, tuple[FollowUp, ...]]:
        """Return every follow-up, by person."""
        query = (
            select(EmploymentPlanRow.person_id, FollowUpRow)
            .join(FollowUpRow, FollowUpRow.plan_id == EmploymentPlanRow.id)
            .where(EmploymentPlanRow.person_id.in_(person_ids))
            .order_by(FollowUpRow.days)
        )
        found: dict[str, tuple[FollowUp, ...]] = {}
        with self._database.session() as session:
            for person, row in session.execute(query):
                found[person] = (*found.get(person, ()), _follow_up(row))
        return found

    def _signed(self, session, plan_id: str, day: date) -> None:  # type: ignore[no-untyped-def]
        session.execute(
            update(EmploymentPlanRow).where(EmploymentPlanRow.id == plan_id).values(signed_on=day)
        )
        there = set(session.scalars(select(FollowUpRow.days).where(FollowUpRow.plan_id == plan_id)))
        session.add_all(
            FollowUpRow(plan_id=plan_id, days=days, due_on=day + timedelta(days=days))
            for days in FOLLOW_UPS
            if days not in there
        )

    def _id(self, session, person_id: str) -> str:  # type: ignore[no-untyped-def]
        found = session.scalar(
            select(EmploymentPlanRow.id).where(EmploymentPlanRow.person_id == person_id).with_for_update()
        )
        return found or ""


def _content(said: Mapping, steps: Iterable[PlanStep]) -> PlanContent:
    return replace(PlanContent.read(said), steps=tuple(steps))


def _step(row: PlanStepRow) -> PlanStep:
    return PlanStep(row.id, row.what, row.who, row.due_on, row.cost, row.funding, row.done_on)


def _signature(row: PlanSignatureRow) -> Signature:
    return Signature(row.id, row.part, row.name, row.signed_at, row.digest, row.drawn, row.on_screen_of)


def _follow_up(row: FollowUpRow) -> FollowUp:
    return FollowUp(
        row.days, row.due_on, row.done_on, Outcome(row.outcome) if row.outcome else None, row.words
    )


def _next_review(reviews: str, today: date) -> date | None:
    days = (date.fromisoformat(one) for one in reviews.split())
    return min((day for day in days if day >= today), default=None)
