"""Every route of the API: where it is, what it takes, what it gives, and who may ask.

This table is the only place where a route is declared; the blueprint and the OpenAPI
document are both made from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from api.advising_routes import ADVISING_ROUTES, AdvisingVerbs
from api.answers import (
    AreaAnswer,
    BroughtInAnswer,
    CaseAnswer,
    IssuedAnswer,
    IssuedItem,
    MatchItem,
    MoveItem,
    NewsAnswer,
    NewsChoicesAnswer,
    OwnPostingAnswer,
    PostingAnswer,
    ReadingAnswer,
    RecordAnswer,
    ReportAnswer,
    RoleAnswer,
    RoleItem,
    SentAnswer,
    ShareAnswer,
    ShareMade,
    SimilarItem,
    SkillLink,
    SquareAnswer,
    WalletAnswer,
)
from api.asked import (
    AnswerBody,
    ApplicationBody,
    AreasAsked,
    Credentials,
    DecisionBody,
    GapAsked,
    IssueBody,
    IssuedAsked,
    MatchesAsked,
    NewsChoicesBody,
    Nothing,
    PathwaysAsked,
    PostingBody,
    ProposalBody,
    ReceivedAsked,
    RecordAsked,
    Refused,
    RegionAsked,
    ReportBody,
    ReportsAsked,
    RevokeBody,
    RoleAsked,
    RolesAsked,
    ShareBody,
    SimilarAsked,
    SkillsLinkAsked,
)
from api.pathway_answers import PathwayAnswer
from api.person_routes import PERSON_ROUTES, PersonVerbs
from api.region_answers import RegionalSkill
from api.route import Route
from api.verify_routes import VERIFY_ROUTES, VerifyVerbs
from graph.model import JobFamily, Posting
from services.applying import Sending
from services.linking import links
from services.pathways import PathwayView
from services.postings import Asked as AskedSkill
from services.postings import Terms
from services.region import RegionView
from services.sharing import Wish


class Answers(PersonVerbs, AdvisingVerbs, VerifyVerbs):
    """Read what was asked, call one verb, give its answer a shape.

    Parameters
    ----------
    services : services.container.Services
    current_actor : callable
        Gives who is asking.
    sign_in : callable
        Takes e-mail address and password, begins the session.
    root : callable
        Gives the address that links lead to, without a slash at its end.
    """

    def __init__(
        self,
        services: Any,
        current_actor: Callable[[], Any],
        sign_in: Callable[[str, str], object],
        root: Callable[[], str],
    ) -> None:
        self._services = services
        self._actor = current_actor
        self._sign_in = sign_in
        self._root = root

    def areas(self, asked: AreasAsked) -> list[AreaAnswer]:
        return [AreaAnswer.of(area) for area in self._services.roles.areas(asked.q, asked.limit)]

    def regional_gap(self, asked: RegionAsked, code: str) -> list[RegionalSkill]:
        view = RegionView(
            (code,),
            asked.jobs,
            asked.job_family,
            asked.evidence,
            asked.limit,
            measure=asked.counted_by,
            sector=asked.sector,
            credential=asked.credential,
            group=asked.people,
        )
        found = self._services.region.gap(self._actor(), view)
        return [RegionalSkill.of(skill) for skill in found.skills]

    def roles(self, asked: RolesAsked) -> list[RoleItem]:
        roles = self._services.roles
        job_family = None if asked.job_family is None else _code(roles.job_families(), asked.job_family)
        found = roles.search(asked.q, job_family, asked.area, asked.limit)
        return [RoleItem.of(role, market) for role, market in found]

    def role(self, asked: RoleAsked, code: str) -> RoleAnswer:
        roles = self._services.roles
        role, market = roles.role(code, asked.area)
        outlook = roles.outlooks((code,), asked.area).get(code)
        return RoleAnswer.of(role, market, outlook, roles.sources())

    def similar(self, asked: SimilarAsked, code: str) -> list[SimilarItem]:
        return [SimilarItem.of(likeness) for likeness in self._services.roles.similar(code, asked.limit)]

    def moves(self, asked: SimilarAsked, code: str) -> list[MoveItem]:
        return [MoveItem.of(move) for move in self._services.roles.moves(code, asked.limit)]

    def link_skills(self, asked: SkillsLinkAsked) -> list[SkillLink]:
        return [SkillLink.of(linked) for linked in links(self._services.linker, asked.text, asked.limit)]

    def wallet(self, _asked: Nothing) -> WalletAnswer:
        own = self._services.wallet_for(self._actor())
        return WalletAnswer.of(own.wallet(), own.records())

    def bring_record(self, asked: RecordAsked, content: bytes) -> list[BroughtInAnswer]:
        came = self._services.records_for(self._actor()).bring_in(content, asked.name)
        answers = [BroughtInAnswer.of(one) for one in came]
        if all(one.outcome == "refused" for one in answers):
            raise Refused(422, " ".join(f"{one.title}: {one.why}" for one in answers[:10]))
        return answers

    def record(self, _asked: Nothing, id: str) -> RecordAnswer:
        return RecordAnswer.of(self._services.record_for(self._actor()).detail(id))

    def check_record(self, _asked: Nothing, id: str) -> RecordAnswer:
        page = self._services.record_for(self._actor())
        page.check(id)
        return RecordAnswer.of(page.detail(id))

    def remove_record(self, _asked: Nothing, id: str) -> None:
        self._services.record_for(self._actor()).remove(id)

    def decide_proposal(self, _asked: Nothing, id: str, body: ProposalBody) -> RecordAnswer:
        page = self._services.record_for(self._actor())
        if body.state == "chosen":
            page.choose(id, body.uri, body.instead_of)
        else:
            page.decide(id, body.uri, body.state)
        return RecordAnswer.of(page.detail(id))

    def export(self, _asked: Nothing) -> bytes:
        content: bytes = self._services.export_wallet(self._actor())
        return content

    def matches(self, asked: MatchesAsked) -> list[MatchItem]:
        actor = self._actor()
        wallet = self._services.wallet_for(actor).wallet()
        found = self._services.gap.matches(wallet, asked.limit, actor, squares=True)
        markets = self._services.roles.markets(
            [match.role.code for match in found], asked.area or self._home(actor)
        )
        return [MatchItem.of(match, markets.get(match.role.code)) for match in found]

    def gap(self, asked: GapAsked, code: str) -> list[SquareAnswer]:
        actor = self._actor()
        wallet = self._services.wallet_for(actor).wallet()
        area = asked.area or self._home(actor)
        self._services.roles.place(area)
        career = self._services.gap.gap(wallet, code, area, actor)
        return [SquareAnswer.of(square) for square in career.match.squares]

    def pathways(self, asked: PathwaysAsked, code: str) -> list[PathwayAnswer]:
        actor = self._actor()
        wallet = self._services.wallet_for(actor).wallet()
        area = asked.area or self._home(actor)
        more = tuple(place for place in asked.also.split(",") if place)
        for place in (area, *more):
            self._services.roles.place(place)
        view = PathwayView(
            area=area,
            also=more,
            pay_may_fall=asked.pay_may_fall,
            no_degree=asked.no_degree,
            only_local=asked.only_local,
            only_reach=asked.only_reach,
            limit=max(1, asked.limit - 1),
        )
        found = self._services.pathways.pathways(wallet, code, view, actor)
        ways = (*found.ways, found.direct)[: asked.limit]
        return [PathwayAnswer.of(way, projected=found.projected) for way in ways]

    def report(self, _asked: Nothing, body: ReportBody) -> ReportAnswer:
        made = self._services.reports.make(
            self._actor(),
            body.role_code,
            body.kind,
            skill=body.skill_uri,
            words=body.words,
            chosen=body.chosen_uri,
        )
        return ReportAnswer.of(made)

    def reports(self, asked: ReportsAsked) -> list[ReportAnswer]:
        mine = self._services.reports.mine(self._actor(), asked.role_code)
        return [ReportAnswer.of(report) for report in mine]

    def withdraw_report(self, _asked: Nothing, id: str) -> None:
        self._services.reports.withdraw(self._actor(), id)

    def open_reports(self, _asked: Nothing) -> list[CaseAnswer]:
        return [CaseAnswer.of(case) for case in self._services.corrections.cases(self._actor())]

    def decide_report(self, _asked: Nothing, id: str, body: DecisionBody) -> None:
        corrections, actor = self._services.corrections, self._actor()
        if body.decision == "dismiss":
            corrections.dismiss(actor, id, body.reason)
            return
        corrections.decide(
            actor,
            id,
            body.decision,
            task=body.task,
            core=body.core,
            reason=body.reason,
            statement=body.other_uri if body.decision == "swap" else body.skill_uri,
        )

    def decisions(self, _asked: Nothing) -> str:
        return str(self._services.corrections.export(self._actor()))

    def issue(self, _asked: Nothing, body: IssueBody) -> IssuedAnswer:
        issued = self._services.issuing.issue_one(
            self._actor(),
            body.achievement.model_dump(),
            name=body.name,
            email=body.email,
            expires_on=body.expires_on,
            reference=body.reference,
        )
        return IssuedAnswer.of(*issued)

    def issued(self, asked: IssuedAsked) -> list[IssuedItem]:
        found, _total = self._services.issuing.issued(self._actor(), asked.q, asked.page)
        return [IssuedItem.of(one) for one in found]

    def revoke(self, _asked: Nothing, id: str, body: RevokeBody) -> None:
        self._services.issuing.revoke(self._actor(), id, body.reason)

    def share(self, _asked: Nothing, body: ShareBody) -> ShareMade:
        wish = Wish(
            skills=None if body.skills == "all" else tuple(body.skills),
            records=tuple(body.records),
            purpose=body.purpose,
            expires=body.expires,
            openings=body.openings,
            fields=frozenset(body.fields),
        )
        made = self._services.sharing.make(self._actor(), wish)
        return ShareMade(made.share.id, f"{self._root()}/s/{made.secret}")

    def shares(self, _asked: Nothing) -> list[ShareAnswer]:
        sharing = self._services.sharing
        return [ShareAnswer.of(share, sharing.now()) for share in sharing.mine(self._actor())]

    def withdraw_share(self, _asked: Nothing, id: str) -> None:
        self._services.sharing.withdraw(self._actor(), id)

    def notifications(self, _asked: Nothing) -> list[NewsAnswer]:
        return [NewsAnswer.of(one) for one in self._services.news.mine(self._actor())]

    def dismiss_notification(self, _asked: Nothing, id: str) -> None:
        self._services.news.dismiss(self._actor(), id)

    def notification_choices(self, _asked: Nothing) -> NewsChoicesAnswer:
        return NewsChoicesAnswer.of(self._services.news.choices(self._actor()))

    def choose_notifications(self, _asked: Nothing, body: NewsChoicesBody) -> NewsChoicesAnswer:
        self._services.news.choose(self._actor(), here=body.here, by_mail=body.by_mail)
        return self.notification_choices(_asked)

    def postings(self, _asked: Nothing) -> list[PostingAnswer]:
        service = self._services.postings
        return [PostingAnswer.of(one, service.today()) for one in service.open(self._actor())]

    def posting(self, _asked: Nothing, id: str) -> PostingAnswer:
        service = self._services.postings
        return PostingAnswer.of(service.seen(self._actor(), id), service.today())

    def reading(self, _asked: Nothing, id: str) -> ReadingAnswer:
        return ReadingAnswer.of(self._services.applying.look(self._actor(), id))

    def apply(self, _asked: Nothing, id: str, body: ApplicationBody) -> ReadingAnswer:
        wish = Sending(
            skills=None if body.skills == "all" else tuple(body.skills),
            records=tuple(body.records),
            fields=frozenset(body.fields),
            until=body.until,
        )
        self._services.applying.send(self._actor(), id, wish)
        return self.application(_asked, id)

    def application(self, _asked: Nothing, id: str) -> ReadingAnswer:
        return ReadingAnswer.of(self._services.applying.sent(self._actor(), id)[1])

    def answer_reading(self, _asked: Nothing, id: str, body: AnswerBody) -> ReadingAnswer:
        self._services.applying.answer(self._actor(), id, body.answer)
        return self.application(_asked, id)

    def withdraw_application(self, _asked: Nothing, id: str) -> None:
        self._services.applying.withdraw(self._actor(), id)

    def applications(self, _asked: Nothing) -> list[SentAnswer]:
        return [SentAnswer.of(one) for one in self._services.applying.mine(self._actor())]

    def post(self, _asked: Nothing, body: PostingBody) -> OwnPostingAnswer:
        terms = Terms(
            body.title,
            body.last_day,
            body.description,
            body.area or "",
            body.wage_low,
            body.wage_high,
            body.wage_per,
        )
        asked = [AskedSkill(one.uri, one.level, one.must, one.preferred) for one in body.skills]
        made = self._services.postings.make(
            self._actor(), terms, asked, publish=body.publish, read_warnings=body.read_warnings
        )
        return self._own(made, 0)

    def own_postings(self, _asked: Nothing) -> list[OwnPostingAnswer]:
        return [self._own(one, n) for one, n in self._services.postings.mine(self._actor())]

    def close_posting(self, _asked: Nothing, id: str) -> None:
        self._services.postings.close(self._actor(), id)

    def received(self, asked: ReceivedAsked, id: str) -> list[ReadingAnswer]:
        found = self._services.applications.received(self._actor(), id, asked.sort)
        return [ReadingAnswer.of(one) for one in found]

    def received_table(self, _asked: Nothing, id: str) -> str:
        return str(self._services.applications.table(self._actor(), id))

    def open_application(self, _asked: Nothing, id: str) -> ReadingAnswer:
        return ReadingAnswer.of(self._services.applications.open(self._actor(), id).reading)

    def move_forward(self, _asked: Nothing, id: str) -> ReadingAnswer:
        self._services.applications.move_forward(self._actor(), id)
        return self.open_application(_asked, id)

    def _own(self, posting: Posting, applications: int) -> OwnPostingAnswer:
        service = self._services.postings
        found = [f"{one.ground.value}: {one.words}" for one in service.concerns(posting)]
        return OwnPostingAnswer(PostingAnswer.of(posting, service.today()), applications, found)

    def session(self, _asked: Nothing, body: Credentials) -> None:
        self._sign_in(body.email, body.password)

    def _home(self, actor: Any) -> str | None:
        """The person's home area, where there is one that figures are kept of."""
        home = actor.area_code
        return home if home and self._services.roles.area(home) is not None else None


def _code(families: Iterable[JobFamily], said: str) -> str:
    """The two digits of a job family that is named by them, or by its name in any case."""
    known = {name.casefold(): family.code for family in families for name in (family.code, family.name)}
    name = " ".join(said.split()).casefold().removesuffix(" occupations")
    if name not in known:
        raise Refused(
            400, "job_family: there is no such SOC major group. Give its two digits, such as 29, or its name."
        )
    return known[name]


ROUTES = (
    Route(
        "GET",
        "/skills/link",
        "link_skills",
        "Published skills that a text speaks of, best first",
        list[SkillLink],
        SkillsLinkAsked,
        problems=(503,),
    ),
    Route("GET", "/areas", "areas", "Places with figures", list[AreaAnswer], AreasAsked, problems=(503,)),
    Route(
        "GET",
        "/areas/{code}/gap",
        "regional_gap",
        "For officials: skills that a place's jobs ask for and its people hold, per 1,000 of each,"
        " the largest"
        " shortage first. What would stand for too few people is null, with `withheld`",
        list[RegionalSkill],
        RegionAsked,
        problems=(401, 403, 404, 503),
        own=True,
        needs=("county.read",),
    ),
    Route(
        "GET",
        "/roles",
        "roles",
        "Roles by any title people use, best first",
        list[RoleItem],
        RolesAsked,
        problems=(404, 503),
    ),
    Route(
        "GET",
        "/roles/{code}",
        "role",
        "A role, what it requires and its local figures",
        RoleAnswer,
        RoleAsked,
        problems=(404, 503),
    ),
    Route(
        "GET",
        "/roles/{code}/similar",
        "similar",
        "The roles most like it, best first; fewer than asked for where few are like it at all",
        list[SimilarItem],
        SimilarAsked,
        problems=(404, 503),
    ),
    Route(
        "GET",
        "/roles/{code}/moves",
        "moves",
        "Where people who leave this role go, the most usual first: counted where a table of moves is loaded,"
        " else modelled. It says what was common, not what is possible for anybody",
        list[MoveItem],
        SimilarAsked,
        problems=(404, 503),
    ),
    Route(
        "GET",
        "/wallet",
        "wallet",
        "What the signed-in person holds",
        WalletAnswer,
        problems=(401,),
        own=True,
        needs=("wallet.read",),
    ),
    Route(
        "POST",
        "/wallet/records",
        "bring_record",
        "Bring in a file: a credential in any form that is read, or several. It is checked, and kept once",
        list[BroughtInAnswer],
        RecordAsked,
        problems=(401, 413, 422, 503),
        own=True,
        status=201,
        takes_file=True,
        needs=("wallet.change",),
    ),
    Route(
        "GET",
        "/wallet/records/{id}",
        "record",
        "A record of the signed-in person's with its checks and its skills",
        RecordAnswer,
        problems=(401, 404),
        own=True,
        needs=("wallet.read",),
    ),
    Route(
        "POST",
        "/wallet/records/{id}/check",
        "check_record",
        "Check a record again now",
        RecordAnswer,
        problems=(401, 404, 503),
        own=True,
        needs=("wallet.change", "wallet.read"),
    ),
    Route(
        "POST",
        "/wallet/records/{id}/proposals",
        "decide_proposal",
        "Accept, reject or change a skill that was read out of a record",
        RecordAnswer,
        body=ProposalBody,
        problems=(401, 404, 415, 422, 503),
        own=True,
        needs=("wallet.change", "wallet.read"),
    ),
    Route(
        "DELETE",
        "/wallet/records/{id}",
        "remove_record",
        "Take a record out for good, with its file",
        None,
        problems=(401, 404),
        own=True,
        needs=("wallet.change",),
    ),
    Route(
        "GET",
        "/wallet/export",
        "export",
        "Everything in the wallet as a zip: originals, a presentation, JSON, and a page to read",
        bytes,
        problems=(401,),
        own=True,
        file="wallet.zip",
        needs=("wallet.read",),
    ),
    Route(
        "GET",
        "/wallet/matches",
        "matches",
        "The roles the signed-in person's wallet reaches best",
        list[MatchItem],
        MatchesAsked,
        problems=(401, 404, 503),
        own=True,
        needs=("wallet.read",),
    ),
    Route(
        "GET",
        "/wallet/gap/{code}",
        "gap",
        "What the signed-in person has and misses for a role, heaviest first",
        list[SquareAnswer],
        GapAsked,
        problems=(401, 404, 503),
        own=True,
        needs=("wallet.read",),
    ),
    Route(
        "GET",
        "/wallet/pathways/{code}",
        "pathways",
        "Ways from the signed-in person's wallet to a role, step by step; the last one goes straight there",
        list[PathwayAnswer],
        PathwaysAsked,
        problems=(401, 404, 503),
        own=True,
        needs=("wallet.read",),
    ),
    Route(
        "POST",
        "/reports",
        "report",
        "Say that a skill of a role is wrong, or what is missing; saying it again changes the words",
        ReportAnswer,
        body=ReportBody,
        problems=(401, 403, 404, 415, 429, 503),
        own=True,
        status=201,
        needs=("reports.make",),
    ),
    Route(
        "GET",
        "/reports",
        "reports",
        "What the signed-in person reported, newest first, and what came of it",
        list[ReportAnswer],
        ReportsAsked,
        problems=(401,),
        own=True,
        needs=("reports.make",),
    ),
    Route(
        "DELETE",
        "/reports/{id}",
        "withdraw_report",
        "Take back a report of one's own",
        None,
        problems=(401, 403, 404),
        own=True,
        needs=("reports.make",),
    ),
    Route(
        "GET",
        "/reports/open",
        "open_reports",
        "Administrators: what is open, by role, without anybody's name",
        list[CaseAnswer],
        problems=(401, 403, 503),
        own=True,
        needs=("reports.decide",),
    ),
    Route(
        "POST",
        "/reports/{id}/decision",
        "decide_report",
        "Administrators: decide for everybody who reported the same",
        None,
        body=DecisionBody,
        problems=(401, 403, 404, 409, 415, 503),
        own=True,
        needs=("reports.decide",),
    ),
    Route(
        "GET",
        "/reports/decisions.csv",
        "decisions",
        "Administrators: every decision that stands, in the format of the editorial review",
        str,
        problems=(401, 403),
        own=True,
        file="corrections.csv",
        needs=("reports.decide",),
    ),
    Route(
        "POST",
        "/issuer/credentials",
        "issue",
        "Issuers and employers: issue a credential to one person, into their wallet where they have one here",
        IssuedAnswer,
        body=IssueBody,
        problems=(401, 403, 404, 415, 503),
        own=True,
        status=201,
        needs=("credentials.issue",),
    ),
    Route(
        "GET",
        "/issuer/credentials",
        "issued",
        "Issuers and employers: what their organization issued, newest first",
        list[IssuedItem],
        IssuedAsked,
        problems=(401, 403),
        own=True,
        needs=("issuer.read",),
    ),
    Route(
        "POST",
        "/issuer/credentials/{id}/revoke",
        "revoke",
        "Issuers and employers: take a credential back; the status list says so at once",
        None,
        body=RevokeBody,
        problems=(401, 403, 404, 409, 415),
        own=True,
        needs=("credentials.issue", "issuer.read"),
    ),
    Route(
        "POST",
        "/shares",
        "share",
        "Show chosen skills and records to whoever has a link, until a day; the link is given this once",
        ShareMade,
        body=ShareBody,
        problems=(401, 409, 415, 422),
        own=True,
        status=201,
        needs=("shares.change", "wallet.read"),
    ),
    Route(
        "GET",
        "/shares",
        "shares",
        "The links of the signed-in person, ended ones too, newest first",
        list[ShareAnswer],
        problems=(401,),
        own=True,
        needs=("shares.read",),
    ),
    Route(
        "DELETE",
        "/shares/{id}",
        "withdraw_share",
        "Take a link back; from the next request on it leads nowhere",
        None,
        problems=(401, 404),
        own=True,
        needs=("shares.change",),
    ),
    Route(
        "GET",
        "/notifications",
        "notifications",
        "What the signed-in person is told and has not put away, newest first",
        list[NewsAnswer],
        problems=(401,),
        own=True,
        needs=("news.read",),
    ),
    Route(
        "DELETE",
        "/notifications/{id}",
        "dismiss_notification",
        "Put one of them away",
        None,
        problems=(401, 404),
        own=True,
        needs=("news.change",),
    ),
    Route(
        "GET",
        "/notifications/choices",
        "notification_choices",
        "Of which kinds the signed-in person is told, here and by e-mail",
        NewsChoicesAnswer,
        problems=(401,),
        own=True,
        needs=("news.read",),
    ),
    Route(
        "PUT",
        "/notifications/choices",
        "choose_notifications",
        "Choose of which kinds one is told, here and by e-mail",
        NewsChoicesAnswer,
        body=NewsChoicesBody,
        problems=(401, 415, 422),
        own=True,
        needs=("news.change", "news.read"),
    ),
    Route(
        "GET",
        "/postings",
        "postings",
        "Roles that employers here want to fill, the newest first",
        list[PostingAnswer],
        problems=(401,),
        own=True,
        needs=("postings.read",),
    ),
    Route(
        "GET",
        "/postings/{id}",
        "posting",
        "A posting that is open, or that the signed-in person applied to",
        PostingAnswer,
        problems=(401, 404),
        own=True,
        needs=("postings.read",),
    ),
    Route(
        "GET",
        "/postings/{id}/reading",
        "reading",
        "How the signed-in person's whole record reads against a posting, for them alone",
        ReadingAnswer,
        problems=(401, 404, 503),
        own=True,
        needs=("applications.send", "postings.read", "wallet.read"),
    ),
    Route(
        "POST",
        "/postings/{id}/application",
        "apply",
        "Send chosen skills and records to a posting; again takes the place of what was sent before",
        ReadingAnswer,
        body=ApplicationBody,
        problems=(401, 404, 415, 422, 503),
        own=True,
        status=201,
        needs=("applications.send", "postings.read", "wallet.read"),
    ),
    Route(
        "GET",
        "/postings/{id}/application",
        "application",
        "The reading that the employer sees of what the signed-in person sent",
        ReadingAnswer,
        problems=(401, 404, 503),
        own=True,
        needs=("applications.send",),
    ),
    Route(
        "POST",
        "/postings/{id}/application/answer",
        "answer_reading",
        "Say something to that reading",
        ReadingAnswer,
        body=AnswerBody,
        problems=(401, 404, 415, 422, 503),
        own=True,
        needs=("applications.send",),
    ),
    Route(
        "DELETE",
        "/postings/{id}/application",
        "withdraw_application",
        "Take an application back; from the next request on the employer sees nothing of it",
        None,
        problems=(401, 404),
        own=True,
        needs=("applications.send",),
    ),
    Route(
        "GET",
        "/applications",
        "applications",
        "What the signed-in person applied to, taken back ones too, the newest first",
        list[SentAnswer],
        problems=(401,),
        own=True,
        needs=("applications.send",),
    ),
    Route(
        "POST",
        "/employer/postings",
        "post",
        "Employers: post a role",
        OwnPostingAnswer,
        body=PostingBody,
        problems=(401, 403, 409, 415, 422, 503),
        own=True,
        status=201,
        needs=("postings.change",),
    ),
    Route(
        "GET",
        "/employer/postings",
        "own_postings",
        "Employers: their own postings, the newest first",
        list[OwnPostingAnswer],
        problems=(401, 403),
        own=True,
        needs=("postings.change",),
    ),
    Route(
        "POST",
        "/employer/postings/{id}/close",
        "close_posting",
        "Employers: let nobody apply any more",
        None,
        problems=(401, 403, 404),
        own=True,
        needs=("postings.change",),
    ),
    Route(
        "GET",
        "/employer/postings/{id}/applications",
        "received",
        "Employers: what was sent to a posting, without anybody's name until they are moved forward",
        list[ReadingAnswer],
        ReceivedAsked,
        problems=(401, 403, 404, 503),
        own=True,
        needs=("postings.change", "applications.read"),
    ),
    Route(
        "GET",
        "/employer/postings/{id}/applications.csv",
        "received_table",
        "Employers: the same as a table",
        str,
        problems=(401, 403, 404, 503),
        own=True,
        file="applications.csv",
        needs=("postings.change", "applications.read"),
    ),
    Route(
        "GET",
        "/employer/applications/{id}",
        "open_application",
        "Employers: one application, with its signed records checked afresh",
        ReadingAnswer,
        problems=(401, 403, 404, 503),
        own=True,
        needs=("postings.change", "applications.read"),
    ),
    Route(
        "POST",
        "/employer/applications/{id}/forward",
        "move_forward",
        "Employers: move somebody forward: what they chose to tell of themself is open from then on",
        ReadingAnswer,
        problems=(401, 403, 404, 503),
        own=True,
        needs=("postings.change", "applications.move", "applications.read"),
    ),
    Route(
        "POST",
        "/session",
        "session",
        "Sign in: sets the same cookie as the form, from the same origin only",
        None,
        body=Credentials,
        problems=(401, 403, 415, 429),
    ),
    *PERSON_ROUTES,
    *ADVISING_ROUTES,
    *VERIFY_ROUTES,
)
