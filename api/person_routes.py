"""What is about a person's own: account, choices, consents, requests, taking out and bringing back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from api.answers import RecordAnswer, WalletAnswer
from api.asked import Nothing, RecordAsked
from api.person_answers import (
    AccessAnswer,
    AccountAnswer,
    ActivityAnswer,
    BroughtBackAnswer,
    ChosenCareer,
    ComparisonAnswer,
    ConfirmationAnswer,
    ConsentAnswer,
    CounselorAnswer,
    InterestsAnswer,
    KeptPathwayAnswer,
    NextAnswer,
    NoticeAnswer,
    PlanAnswer,
)
from api.person_asked import (
    AccessesAsked,
    AccountBody,
    CareerBody,
    CompareAsked,
    ConfirmationBody,
    CounselorBody,
    EntryBody,
    ExploreAsked,
    InterestsBody,
    KeptPathwayBody,
    NextAsked,
    PlanBody,
    RecordBody,
    RegionalBody,
    SkillBody,
)
from api.route import Route
from i18n import gettext
from services.own_entries import OwnEntry


class PersonVerbs:
    """Read what was asked, call one verb, give its answer a shape; see ``api.routes.Answers``."""

    _services: Any
    _actor: Callable[[], Any]
    _root: Callable[[], str]

    def account(self, _asked: Nothing) -> AccountAnswer:
        return AccountAnswer.of(self._services.people.account(self._actor()))

    def change_account(self, _asked: Nothing, body: AccountBody) -> AccountAnswer:
        people, actor = self._services.people, self._actor()
        if body.area_code is not None:
            people.set_area(actor, body.area_code or None)
        if body.locale is not None:
            people.set_locale(actor, body.locale)
        return AccountAnswer.of(people.account(actor))

    def careers(self, _asked: Nothing) -> list[ChosenCareer]:
        return [ChosenCareer(*one) for one in self._services.people.chosen_careers(self._actor())]

    def choose_career(self, _asked: Nothing, code: str, body: CareerBody) -> None:
        self._services.roles.title(code)
        self._services.people.choose_career(self._actor(), code, body.area_code)

    def drop_career(self, _asked: Nothing, code: str) -> None:
        self._services.people.drop_career(self._actor(), code)

    def plans(self, _asked: Nothing) -> list[PlanAnswer]:
        return [PlanAnswer.of(one) for one in self._services.plans.mine(self._actor())]

    def keep_plan(self, _asked: Nothing, body: PlanBody) -> PlanAnswer:
        kept = self._services.plans.keep(self._actor(), body.name, body.skills, body.role_code)
        return PlanAnswer.of(kept)

    def remove_plan(self, _asked: Nothing, id: str) -> None:
        self._services.plans.remove(self._actor(), id)

    def kept_pathways(self, _asked: Nothing) -> list[KeptPathwayAnswer]:
        return [KeptPathwayAnswer.of(one) for one in self._services.kept_pathways.mine(self._actor())]

    def keep_pathway(self, _asked: Nothing, body: KeptPathwayBody) -> KeptPathwayAnswer:
        kept = self._services.kept_pathways.keep(self._actor(), body.goal_code, body.stones, body.area_code)
        return KeptPathwayAnswer.of(kept)

    def remove_pathway(self, _asked: Nothing, id: str) -> None:
        self._services.kept_pathways.remove(self._actor(), id)

    def next_skills(self, asked: NextAsked) -> NextAnswer:
        actor = self._actor()
        wallet = self._services.wallet_for(actor).wallet()
        area = asked.area or actor.area_code
        return NextAnswer.of(self._services.what_next.next(wallet, area, actor, asked.limit))

    def compare(self, asked: CompareAsked) -> ComparisonAnswer:
        actor = self._actor()
        wallet = self._services.wallet_for(actor).wallet()
        area = asked.area or actor.area_code
        found = self._services.compare.compare(wallet, asked.roles.split(","), area, asked.elsewhere, actor)
        return ComparisonAnswer.of(found)

    def explore(self, asked: ExploreAsked) -> NextAnswer:
        told = self._services.what_next.told(one.strip() for one in asked.skills.split(","))
        return NextAnswer.of(self._services.what_next.next(told, asked.area, limit=min(asked.limit, 40)))

    def activities(self, _asked: Nothing) -> list[ActivityAnswer]:
        found = self._services.exploring.activities()
        return [ActivityAnswer(one.text, one.interest.value) for one in found]

    def interests(self, _asked: Nothing, body: InterestsBody) -> InterestsAnswer:
        ratings = {place: rating for place, rating in enumerate(body.ratings) if rating}
        return InterestsAnswer.of(self._services.exploring.shared(ratings))

    def enter(self, _asked: Nothing, body: EntryBody) -> RecordAnswer:
        actor = self._actor()
        record = self._services.entries_for(actor).enter(OwnEntry(**body.model_dump()))
        return RecordAnswer.of(self._services.record_for(actor).detail(record.id))

    def change_entry(self, _asked: Nothing, id: str, body: EntryBody) -> RecordAnswer:
        actor = self._actor()
        self._services.entries_for(actor).change(id, OwnEntry(**body.model_dump()))
        return RecordAnswer.of(self._services.record_for(actor).detail(id))

    def change_record(self, _asked: Nothing, id: str, body: RecordBody) -> RecordAnswer:
        page = self._services.record_for(self._actor())
        if body.hidden is not None:
            page.set_hidden(id, body.hidden)
        if body.declined is not None:
            page.set_declined(id, body.declined)
        if body.dispute is not None:
            page.dispute(id, body.dispute)
        return RecordAnswer.of(page.detail(id))

    def decide_skill(self, _asked: Nothing, body: SkillBody) -> WalletAnswer:
        own = self._services.wallet_for(self._actor())
        verbs = {
            "claim": own.claim,
            "unclaim": own.unclaim,
            "hide": own.hide,
            "show": own.show,
            "first": own.show_first,
            "not_first": own.not_first,
        }
        verbs[body.act](body.uri)
        return WalletAnswer.of(own.wallet(), own.records())

    def notices(self, _asked: Nothing) -> list[NoticeAnswer]:
        return [
            NoticeAnswer(
                one.id,
                one.record_id,
                gettext(one.sentence.message, **{**one.sentence.values, "day": one.happened_on.isoformat()}),
                one.happened_on,
            )
            for one in self._services.wallet_for(self._actor()).notices()
        ]

    def dismiss_notice(self, _asked: Nothing, id: str) -> None:
        self._services.wallet_for(self._actor()).dismiss(id)

    def consents(self, _asked: Nothing) -> list[ConsentAnswer]:
        now = self._services.sharing.now()
        return [ConsentAnswer.of(one, now) for one in self._services.consents.mine(self._actor())]

    def withdraw_consent(self, _asked: Nothing, id: str) -> None:
        self._services.consents.withdraw(self._actor(), id)

    def set_regional(self, _asked: Nothing, body: RegionalBody) -> None:
        self._services.consents.set_regional(self._actor(), granted=body.granted)

    def counselors(self, _asked: Nothing) -> list[CounselorAnswer]:
        found = self._services.consents.counselors(self._actor())
        return [CounselorAnswer(one.person_id, one.name) for one in found]

    def let_counselor(self, _asked: Nothing, body: CounselorBody) -> ConsentAnswer:
        end = body.until
        ends_at = (
            None if end is None else datetime(end.year, end.month, end.day, tzinfo=UTC) + timedelta(days=1)
        )
        given = self._services.consents.let_counselor(
            self._actor(), body.counselor_id, ends_at=ends_at, actions=frozenset(body.actions)
        )
        return ConsentAnswer.of(given, self._services.sharing.now())

    def accesses(self, asked: AccessesAsked) -> list[AccessAnswer]:
        actor = self._actor()
        return [
            AccessAnswer(
                one.place,
                one.happened_at,
                one.action,
                one.actor_name,
                one.actor_id == actor.person_id,
                one.consent_id,
                dict(one.what),
            )
            for one in self._services.consents.accesses(actor, asked.limit, asked.before)
        ]

    def confirmations(self, _asked: Nothing) -> list[ConfirmationAnswer]:
        return [ConfirmationAnswer.of(one) for one in self._services.confirmations.mine(self._actor())]

    def ask_confirmation(self, _asked: Nothing, body: ConfirmationBody) -> ConfirmationAnswer:
        passed = self._services.confirmations.ask(
            self._actor(),
            body.record_id,
            organization=body.organization,
            contact=body.contact,
            parts=body.parts,
            note=body.note,
        )
        link = f"{self._root()}/confirm/{passed.secret}" if passed.secret else None
        return ConfirmationAnswer.of(passed.confirmation, link)

    def withdraw_confirmation(self, _asked: Nothing, id: str) -> None:
        self._services.confirmations.withdraw(self._actor(), id)

    def everything(self, _asked: Nothing) -> bytes:
        return self._taken_out("json")

    def everything_as_tables(self, _asked: Nothing) -> bytes:
        return self._taken_out("csv")

    def resume(self, _asked: Nothing) -> bytes:
        return self._taken_out("json-resume")

    def learner_record(self, _asked: Nothing) -> bytes:
        return self._taken_out("clr")

    def _taken_out(self, form: str) -> bytes:
        content: bytes = self._services.taking_out.export(self._actor(), form)
        return content

    def bring_back(self, asked: RecordAsked, content: bytes) -> BroughtBackAnswer:
        came = self._services.bringing_back.bring_back(self._actor(), content, asked.name)
        return BroughtBackAnswer.of(came)


def _own(method: str, path: str, handler: str, summary: str, answer: Any, needs: str, **more: Any) -> Route:
    """A route about what is the person's own."""
    usual: tuple[int, ...] = (401, 403)
    if "{" in path:
        usual += (404,)
    if "body" in more:
        usual += (415, 422)
    problems = tuple(sorted({*usual, *more.pop("problems", ())}))
    return Route(
        method,
        path,
        handler,
        summary,
        answer,
        own=True,
        needs=tuple(needs.split()),
        problems=problems,
        **more,
    )


EVERYTHING = "account.read wallet.read careers.read consents.read plans.read shares.read"
EVERYTHING += " applications.send reports.make cases.read news.read"
BRINGING = "wallet.read wallet.change careers.read careers.change plans.change account.read account.change"

PERSON_ROUTES = (
    _own("GET", "/account", "account", "The signed-in person", AccountAnswer, "account.read"),
    _own(
        "PATCH",
        "/account",
        "change_account",
        "Change home area or language",
        AccountAnswer,
        "account.change account.read",
        body=AccountBody,
    ),
    _own(
        "GET",
        "/careers",
        "careers",
        "Chosen careers, the first chosen first",
        list[ChosenCareer],
        "careers.read",
    ),
    _own(
        "PUT",
        "/careers/{code}",
        "choose_career",
        "Choose a career, or look at it in another place",
        None,
        "careers.change",
        body=CareerBody,
        problems=(400, 503),
    ),
    _own("DELETE", "/careers/{code}", "drop_career", "Take a chosen career away", None, "careers.change"),
    _own("GET", "/plans", "plans", "Plans, the newest first", list[PlanAnswer], "plans.read"),
    _own(
        "POST",
        "/plans",
        "keep_plan",
        "Keep skills to gain as a plan; the same again only changes its name",
        PlanAnswer,
        "plans.change",
        body=PlanBody,
        status=201,
        problems=(503,),
    ),
    _own("DELETE", "/plans/{id}", "remove_plan", "Take a plan away", None, "plans.change"),
    _own(
        "GET",
        "/pathways",
        "kept_pathways",
        "Pathways that are kept, the newest first",
        list[KeptPathwayAnswer],
        "plans.read",
    ),
    _own(
        "POST",
        "/pathways",
        "keep_pathway",
        "Keep a way to a role",
        KeptPathwayAnswer,
        "plans.change",
        body=KeptPathwayBody,
        status=201,
    ),
    _own("DELETE", "/pathways/{id}", "remove_pathway", "Take a pathway away", None, "plans.change"),
    _own(
        "GET",
        "/wallet/next",
        "next_skills",
        "Skills that would help most next, over all roles and local jobs",
        NextAnswer,
        "wallet.read",
        asked=NextAsked,
        problems=(503,),
    ),
    _own(
        "GET",
        "/wallet/compare",
        "compare",
        "Up to four roles side by side, read against the wallet",
        ComparisonAnswer,
        "wallet.read",
        asked=CompareAsked,
        problems=(503,),
    ),
    Route(
        "GET",
        "/explore/next",
        "explore",
        "The same for skills that somebody names, without an account; nothing is kept",
        NextAnswer,
        ExploreAsked,
        problems=(503,),
    ),
    Route(
        "GET",
        "/explore/activities",
        "activities",
        "Activities to like or dislike; none where no release with them is loaded",
        list[ActivityAnswer],
        problems=(503,),
    ),
    Route(
        "POST",
        "/explore/interests",
        "interests",
        "Roles that share what somebody likes to do, without an account; nothing is kept",
        InterestsAnswer,
        body=InterestsBody,
        problems=(415, 503),
    ),
    _own(
        "POST",
        "/wallet/entries",
        "enter",
        "Enter work, education or a licence by hand",
        RecordAnswer,
        "wallet.change wallet.read",
        body=EntryBody,
        status=201,
        problems=(503,),
    ),
    _own(
        "PUT",
        "/wallet/entries/{id}",
        "change_entry",
        "Make an entry of one's own say something else",
        RecordAnswer,
        "wallet.change wallet.read",
        body=EntryBody,
        problems=(409, 503),
    ),
    _own(
        "PATCH",
        "/wallet/records/{id}",
        "change_record",
        "Set a record aside, decline it, or say what is wrong with it",
        RecordAnswer,
        "wallet.change wallet.read",
        body=RecordBody,
        problems=(503,),
    ),
    _own(
        "POST",
        "/wallet/skills",
        "decide_skill",
        "Say that one has a skill, leave it out of the reckoning, or put it first; or not",
        WalletAnswer,
        "wallet.change wallet.read",
        body=SkillBody,
        problems=(404, 409, 503),
    ),
    _own(
        "GET",
        "/wallet/notices",
        "notices",
        "What happened to records, the newest first",
        list[NoticeAnswer],
        "wallet.read",
    ),
    _own("DELETE", "/wallet/notices/{id}", "dismiss_notice", "Put a notice away", None, "wallet.change"),
    _own(
        "GET",
        "/consents",
        "consents",
        "Every yes of the person, ended ones too",
        list[ConsentAnswer],
        "consents.read",
    ),
    _own(
        "DELETE",
        "/consents/{id}",
        "withdraw_consent",
        "Take a yes back; from the next request on it lets nobody in",
        None,
        "consents.change",
    ),
    _own(
        "PUT",
        "/consents/regional",
        "set_regional",
        "Be counted in the figures of the county, or not",
        None,
        "consents.change",
        body=RegionalBody,
    ),
    _own(
        "GET",
        "/counselors",
        "counselors",
        "Counselors to choose from",
        list[CounselorAnswer],
        "consents.read",
    ),
    _own(
        "POST",
        "/consents/counselor",
        "let_counselor",
        "Let a counselor look",
        ConsentAnswer,
        "consents.change consents.read",
        body=CounselorBody,
        status=201,
    ),
    _own(
        "GET",
        "/accesses",
        "accesses",
        "The log: who did what with the person's record, the latest first",
        list[AccessAnswer],
        "consents.read",
        asked=AccessesAsked,
    ),
    _own(
        "GET",
        "/confirmations",
        "confirmations",
        "Whom one asked to confirm a record",
        list[ConfirmationAnswer],
        "confirmations.read",
    ),
    _own(
        "POST",
        "/confirmations",
        "ask_confirmation",
        "Ask somebody to confirm what a record says; the link is given this once",
        ConfirmationAnswer,
        "confirmations.change",
        body=ConfirmationBody,
        status=201,
        problems=(404, 429),
    ),
    _own(
        "DELETE",
        "/confirmations/{id}",
        "withdraw_confirmation",
        "Take a request back that waits for an answer",
        None,
        "confirmations.change",
        problems=(409,),
    ),
    *(
        _own("GET", f"/export/{name}", handler, summary, bytes, EVERYTHING, file=name)
        for name, handler, summary in (
            ("waymark.json", "everything", "Everything that is kept of the person, with their files"),
            (
                "waymark-csv.zip",
                "everything_as_tables",
                "Records, skills, careers and plans as tables, with files",
            ),
            ("resume.json", "resume", "What counts, as a JSON Resume"),
            ("clr.json", "learner_record", "Every record, as a Comprehensive Learner Record 2.0"),
        )
    ),
    _own(
        "POST",
        "/import",
        "bring_back",
        "Bring back a file that was taken out, in any of these formats; what is signed is verified anew",
        BroughtBackAnswer,
        BRINGING,
        asked=RecordAsked,
        takes_file=True,
        problems=(413, 422, 503),
    ),
)
