"""Every verb over both stores, put together once for a process."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from accounts.access import Access
from accounts.actor import VISITOR, Actor
from accounts.applications import ApplicationStore
from accounts.audit import AuditLog
from accounts.case_groups import CaseGroupStore
from accounts.cases import CaseStore
from accounts.consents import ConsentStore
from accounts.employment_plans import EmploymentPlanStore
from accounts.errors import marked as _
from accounts.groups import GroupStore
from accounts.invitations import InvitationStore, TransferStore
from accounts.kept_pathways import KeptPathwayStore
from accounts.news import NewsStore
from accounts.oauth import OAuthStore
from accounts.plans import PlanStore
from accounts.postings import PostingStore
from accounts.published_views import PublishedViewStore
from accounts.releases import ReleaseStore
from accounts.reports import ReportStore
from accounts.shares import ShareStore
from accounts.store import PersonStore
from accounts.tokens import TokenStore
from accounts.webhooks import WebhookStore
from config import Settings
from data.errors import LaborDataUnavailable
from data.store import LaborStore
from database import Database
from graph.build import SkillRoleGraph, build
from graph.model import Source
from graph.moves import counted_out, shared_out, with_counted
from graph.population import Population
from graph.region import Asked
from services.advising import Advising
from services.answering import AnsweringService
from services.applications import ApplicationService
from services.applying import ApplyingService
from services.badges import BadgeService
from services.bearer import BearerService, Pace
from services.bringing_back import ImportService
from services.case_work import CaseWork
from services.caseload import CaseloadService
from services.caseload_figures import CaseloadFiguresService
from services.checking_again import check_due
from services.client_view import ClientViewService
from services.compare import CompareService
from services.confirmation_desk import Desk
from services.confirmation_signing import Signer
from services.confirmations import ConfirmationService
from services.consents import ConsentService
from services.corrections import CorrectionService
from services.employment_plans import EmploymentPlanService
from services.errors import RolesAway
from services.exploring import ExploringService
from services.gap import GapService
from services.given import GivenWallets
from services.groups import GroupService
from services.guesses import Guesses
from services.inviting import InvitingService
from services.issuer_registry import RegistryIssuers, RegistryService
from services.issuing import IssuingService
from services.linking import Linking
from services.mail import Mailer, NoMail, mailer
from services.network import NetworkService
from services.news import NewsService
from services.opening import OpeningService
from services.own_entries import OwnEntries
from services.pathway_ground import Grounds
from services.pathways import KeptPathwayService, PathwayService
from services.people import PeopleService
from services.plans import PlanService
from services.portable import ExportService
from services.postings import PostingService
from services.publishing import Publisher
from services.reading import Reader
from services.record_page import RecordPage
from services.records import Checking, Gate, RecordService
from services.region import RegionService
from services.region_ground import RegionGround
from services.region_packets import RegionPackets
from services.region_population import invented
from services.region_publishing import RegionPublishing
from services.region_releasing import RegionReleasing
from services.region_supply import RegionSupply
from services.reports import ReportService
from services.role_search import RoleIndex
from services.roles import NATION, RoleService
from services.sharing import SharingService
from services.systems import REGISTRATIONS, SystemService
from services.telling import (
    Telling,
    consents_ending,
    follow_ups_due,
    plans_due,
    records_ending,
    reviews_due,
    steps_due,
)
from services.tokens import TokenService
from services.transfers import TransferService
from services.verifying import VerifyService
from services.wallet import WalletService
from services.wallet_export import export_wallet
from services.webhooks import ACCESS, RECORD, Sender, WebhookService
from services.what_next import WhatNextService
from wallet.confirmations import ConfirmationStore
from wallet.documents import Documents, NoDocuments
from wallet.issuing_store import IssuingStore
from wallet.key_case import KeyCase
from wallet.known_issuers import KnownIssuerStore
from wallet.link_index import FOLDER
from wallet.own_documents import OwnDocuments
from wallet.store import WalletStore
from wallet.tally import tallies
from wallet.verify import Issuers
from wallet.web_documents import WebDocuments

LONGEST_END = 5.0
"""Seconds that an end waits for what is under way beside the requests."""


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the product can serve, from which releases, and if not, why."""

    ok: bool
    reason: str | None = None
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What was read from one build of the labour-market database."""

    build_id: str
    graph: SkillRoleGraph
    index: RoleIndex


class Services:
    """The verbs, each made with the stores it needs.

    The labour-market database is opened when it is first asked for, and the skill-role
    graph is built from it once; both again when a new build took the file's place. While it is away,
    ``roles``, ``network`` and ``gap`` raise `RolesAway`, and people and wallets go on.

    Parameters
    ----------
    database : Database
        The system of record.
    open_labor : callable
        Gives the labour-market store, or raises ``LaborDataUnavailable``.
    today : callable
        The day on which a record is expired or not.
    people : PeopleService, optional
        Over the system of record by default.
    documents : Documents, optional
        Where issuers' keys and status lists come from; by default nothing can be had.
    issuers : Issuers, optional
        Those that are known here; by default those of the county's registry, and our own.
    now : callable, optional
        The moment with which records' dates are compared.
    key_case : KeyCase, optional
        Seals issuers' keys; by default with a secret that ends with the process.
    public_url : str
        Where others reach this installation.
    index_folder : Path, optional
        Where builds put their indexes of skills; without it nothing is linked.
    mail : Mailer, optional
        Sends links to who is asked to confirm something; by default nothing is sent.
    secret_key : str
        Makes the secrets of such links, and draws what regional figures withhold; by default one that ends
        with the process.
    demo_wallets : int
        How many invented wallets the regional figures of the demonstration's county count.
    packet_folder : Path, optional
        Where packets of a region lie while they are made and to be taken; by default a folder of the process.
    """

    def __init__(
        self,
        database: Database,
        open_labor: Callable[[], LaborStore],
        today: Callable[[], date] = date.today,
        people: PeopleService | None = None,
        documents: Documents | None = None,
        issuers: Issuers | None = None,
        now: Callable[[], datetime] | None = None,
        key_case: KeyCase | None = None,
        public_url: str = "http://127.0.0.1:8050",
        index_folder: Path | None = None,
        mail: Mailer | None = None,
        secret_key: str = "",
        demo_wallets: int = 0,
        packet_folder: Path | None = None,
    ) -> None:
        self._database = database
        self._open_labor = open_labor
        self._today = today
        self._wallets = WalletStore(
            database, lambda person, record: self.webhooks.happened(person, RECORD, record_id=record)
        )
        self._reports = ReportStore(database)
        self._people = PersonStore(database)
        self._gate = Gate()
        self._tried: dict[str, datetime] = {}
        self._now = now or _now
        self.people = people or PeopleService(self._people)
        self._webhooks = WebhookStore(database, self._now)
        self.audit = AuditLog(
            database,
            self._now,
            lambda notes, action: self.webhooks.happened_to(
                ACCESS, {person: {"action": action, "consent_id": consent} for person, consent in notes}
            ),
        )
        self._consents = ConsentStore(database, self._now)
        self._groups = GroupStore(database, self._now)
        self.access = Access(self._consents, self.audit)
        self._plans = PlanStore(database, self._now)
        self._kept_pathways = KeptPathwayStore(database, self._now)
        self._shares = ShareStore(database, self._consents, self._now)
        self._share_guesses = Guesses()
        self._postings = PostingStore(database, self._now)
        self._applications = ApplicationStore(database, self._consents, self._now)
        self._news = NewsStore(database, self._now)
        self._tokens = TokenStore(database, self._now)
        self._systems = OAuthStore(database, self._now)
        self.bearer = BearerService(
            self._tokens, self._systems, self._consents, self.people, Guesses(), Pace(), self._now
        )
        self._registrations = Pace(REGISTRATIONS)
        self._cases = CaseStore(database, self._now)
        self._case_groups = CaseGroupStore(database, self._now)
        self._invitations = InvitationStore(database, self._now)
        self._transfers = TransferStore(database, self._now)
        self._employment_plans = EmploymentPlanStore(database, self._now)
        self._advising = Advising(self.access, self._people)
        self._mail = mail or NoMail()
        self._invitation_guesses = Guesses()
        self._public_url = public_url
        self._releases = ReleaseStore(database, self._now)
        self._published_views = PublishedViewStore(database, self._now)
        self._link_key = (secret_key or secrets.token_hex()).encode()
        self._case = key_case or KeyCase(secrets.token_hex())
        self._issuing = IssuingStore(database, self._now)
        self.publisher = Publisher(self._issuing, self._case, public_url, self._now)
        self._sender: Sender | None = documents if isinstance(documents, WebDocuments) else None
        self.documents: Documents = OwnDocuments(self.publisher.own, documents or NoDocuments())
        self._known_issuers = KnownIssuerStore(database, self._now)
        self.issuers: Issuers = issuers or RegistryIssuers(self._known_issuers, self.publisher.name_of)
        self._confirmations = ConfirmationStore(database, self._now)
        self._desk = Desk(
            store=self._confirmations,
            wallets=self._wallets,
            people=self._people,
            receive=lambda *given, **who: self.records_for(VISITOR).receive(*given, **who),
            key=self._link_key,
            mail=self._mail,
            guesses=Guesses(),
            public_url=public_url,
            signing=Signer(lambda: self.issuing, self._people),
            news=self._news,
            known=lambda address: self.people.known(address),
            now=self._now,
        )
        self._telling = Telling(
            self._news,
            self._wallets,
            self._people,
            (
                records_ending(self._wallets),
                consents_ending(self._consents),
                plans_due(self._plans),
                steps_due(self._employment_plans),
                follow_ups_due(self._employment_plans),
                reviews_due(self._employment_plans),
            ),
            mail or NoMail(),
            public_url,
            self._link_key,
            self._now,
        )
        self._mails = mail is not None and mail.configured
        self._linking: Linking | None = None
        self._index_folder = index_folder
        self._lock = threading.Lock()
        self._labor: LaborStore | None = None
        self._loaded: _Loaded | None = None
        self._grounds: tuple[str, Grounds] | None = None
        self._region_ground: tuple[str, RegionGround] | None = None
        self.region_packets = RegionPackets(packet_folder)
        self._region_supply = RegionSupply(
            lambda: self.labor,
            self._consents,
            self._groups,
            self._people,
            self._wallets,
            database.url,
            self._today,
            self._link_key,
            self._invented,
        )
        self._demo_wallets = demo_wallets
        self._bridges_begun = False
        self._beside: list[threading.Thread] = []
        self._population: tuple[Asked, Mapping[str, Population]] | None = None

    @classmethod
    def open(cls, settings: Settings) -> Services:
        """The services over the stores that the settings name."""
        path: Path = settings.labor_path
        database = Database(settings.database_url)
        people = PeopleService(PersonStore(database), demo=settings.demo)
        documents = NoDocuments() if settings.offline else WebDocuments()
        return cls(
            database,
            lambda: LaborStore.open(path),
            people=people,
            documents=documents,
            key_case=KeyCase(settings.key_encryption_key),
            public_url=settings.public_url,
            index_folder=path.parent / FOLDER,
            mail=mailer(settings),
            secret_key=settings.secret_key,
            demo_wallets=settings.demo_wallets,
            packet_folder=settings.data_dir / "packets",
        )

    @property
    def labor(self) -> LaborStore:
        """The labour-market store.

        Raises
        ------
        RolesAway
        """
        labor = self._labor
        if labor is not None:
            return labor
        with self._lock:
            if self._labor is None:
                try:
                    self._labor = self._open_labor()
                except LaborDataUnavailable as error:
                    raise _away() from error
            return self._labor

    @property
    def graph(self) -> SkillRoleGraph:
        """The skill-role graph of the build that is in place now; `RolesAway` when there is none."""
        return self._load().graph

    @property
    def roles(self) -> RoleService:
        """Roles, places and figures; `RolesAway` when they cannot be read."""
        loaded = self._load()
        return RoleService(self.labor, loaded.graph, loaded.index)

    @property
    def network(self) -> NetworkService:
        """The career network; `RolesAway` when roles cannot be read."""
        return NetworkService(self.labor, self._load().graph)

    @property
    def gap(self) -> GapService:
        """Squares and matches; `RolesAway` when roles cannot be read."""
        return GapService(self.labor, self._load().graph)

    @property
    def what_next(self) -> WhatNextService:
        """Skills that are not there yet; `RolesAway` when roles cannot be read."""
        return WhatNextService(self.labor, self._load().graph)

    @property
    def exploring(self) -> ExploringService:
        """Exploring without a record; `RolesAway` when roles cannot be read."""
        return ExploringService(self.labor, self._load().graph, self.linker)

    @property
    def compare(self) -> CompareService:
        """Roles side by side; `RolesAway` when they cannot be read."""
        return CompareService(self.labor, self._load().graph)

    @property
    def plans(self) -> PlanService:
        """What people mean to gain."""
        return PlanService(self._plans, self._labor_or_none)

    @property
    def pathways(self) -> PathwayService:
        """Ways to a role; `RolesAway` when roles cannot be read."""
        loaded, labor = self._load(), self.labor
        grounds = self._grounds
        if grounds is None or grounds[0] != loaded.build_id:
            with self._lock:
                grounds = self._grounds
                if grounds is None or grounds[0] != loaded.build_id:
                    grounds = self._grounds = loaded.build_id, Grounds(labor, loaded.graph)
        return PathwayService(labor, loaded.graph, grounds[1])

    @property
    def region(self) -> RegionService:
        """Regional figures; each verb raises `RolesAway` when roles cannot be read and its asker may ask."""
        return RegionService(
            self._region,
            lambda: self.graph,
            lambda: self._region_supply.people(self._region().asked),
            lambda told: self._region_supply.bridges(self._region().asked, self.graph, told),
        )

    @property
    def region_releasing(self) -> RegionReleasing:
        """Counts of a county that are released with noise."""
        return RegionReleasing(
            self._releases,
            lambda county, most: self._region_supply.bounded(self._region().asked, county, most),
            self._now,
        )

    @property
    def region_publishing(self) -> RegionPublishing:
        """Views of a region that are open to anybody."""
        return RegionPublishing(self._published_views, self._people.actor)

    def prepare_region(self) -> None:
        """Count who is counted, so that the first official does not wait for it."""
        with suppress(LaborDataUnavailable):
            self._region_supply.people(self._region().asked)

    def beside(self, name: str, work: Callable[[], object]) -> None:
        """Do some work once beside the requests; `close` waits for it, though not for long."""
        thread = threading.Thread(target=work, name=name, daemon=True)
        self._beside.append(thread)
        thread.start()

    def prepare_bridges(self) -> None:
        """Begin to count who is one skill away from a role: some seconds, once, beside the requests."""
        if not self._bridges_begun:
            self._bridges_begun = True
            self.beside("bridges", self._count_bridges)

    @property
    def bridges_counted(self) -> bool:
        """Whether bridges can be told without waiting for them to be counted."""
        return self._region_supply.bridges_counted(self.graph)

    def _count_bridges(self) -> None:
        with suppress(LaborDataUnavailable):
            asked = self._region().asked
            self._region_supply.bridges(asked, self.graph, self._region_supply.people(asked))

    def _region(self) -> RegionGround:
        loaded, labor = self._load(), self.labor
        ground = self._region_ground
        if ground is None or ground[0] != loaded.build_id:
            with self._lock:
                ground = self._region_ground
                if ground is None or ground[0] != loaded.build_id:
                    ground = self._region_ground = loaded.build_id, RegionGround(labor, loaded.graph)
        return ground[1]

    def _invented(self, asked: Asked) -> Mapping[str, Population]:
        """The demonstration population by county; empty where it is off."""
        if not self._demo_wallets:
            return {}
        kept = self._population
        if kept is None or kept[0] is not asked:
            kept = self._population = asked, invented(self._region(), self._demo_wallets)
        return kept[1]

    @property
    def kept_pathways(self) -> KeptPathwayService:
        """Ways that people chose; they can be read while roles are away."""
        return KeptPathwayService(self._kept_pathways)

    def wallet_for(self, actor: Actor) -> WalletService:
        """The actor's wallet; it reads by its own labels while the vocabularies are away."""
        return WalletService(
            self._wallets, self._labor_or_none(), actor, self._today(), self._confirmations.answers
        )

    def records_for(self, actor: Actor) -> RecordService:
        """How records come into the actor's wallet."""
        return RecordService(self._wallets, self._checking(), actor)

    def entries_for(self, actor: Actor) -> OwnEntries:
        """What the actor enters by hand."""
        return OwnEntries(self._wallets, self._checking(), actor)

    def record_for(self, actor: Actor) -> RecordPage:
        """The records of the actor's wallet, one by one."""
        return RecordPage(self._wallets, self._checking(), actor, self._today(), self._confirmations.answers)

    def export_wallet(self, actor: Actor) -> bytes:
        """Everything in the actor's wallet, as a zip."""
        return export_wallet(self._wallets, actor, self._now())

    @property
    def taking_out(self) -> ExportService:
        """Everything a person has, as a file."""
        return ExportService(
            self._wallets, self._confirmations, self._beside_the_wallet, self._link_key, self._now
        )

    @property
    def bringing_back(self) -> ImportService:
        """Such a file, taken over again."""
        return ImportService(
            self._wallets,
            self._confirmations,
            self.people,
            self._plans,
            self._kept_pathways,
            self.records_for,
            self._checking,
            lambda: self.reports,
            self._link_key,
        )

    def _beside_the_wallet(self, actor: Actor) -> dict[str, Any]:
        employment_plan = self.employment_plans.mine(actor)
        shared_notes, notes_of_staff = self.case_work.shared_with_me(actor)
        return {
            "account": asdict(self.people.account(actor)),
            "careers": self.people.chosen_careers(actor),
            "consents": [asdict(consent) for consent in self.consents.mine(actor)],
            "accesses": [asdict(access) for access in self.consents.accesses(actor, limit=10_000)],
            "pathways": [asdict(kept) for kept in self.kept_pathways.mine(actor)],
            "employment_plan": None if employment_plan is None else asdict(employment_plan),
            "meetings": [asdict(met) for met in self.case_work.my_meetings(actor)],
            "notes_shared": [asdict(note) for note in shared_notes],
            "notes_of_staff": notes_of_staff,
            "plans": [asdict(plan) for plan in self.plans.mine(actor)],
            "notifications": [asdict(told) for told in self.news.mine(actor)],
            "notification_choices": asdict(self.news.choices(actor)),
            # Not to a program, whatever it was given: it was told for the county's figures alone.
            "population_groups": _fields(
                self._groups.of(str(actor.person_id)) if actor.limited_to is None else None
            ),
            "shares": [asdict(share) for share in self.sharing.mine(actor)],
            "applications": [asdict(sent) for sent in self.applying.mine(actor)],
            "reports": [asdict(report) for report in self.reports.mine(actor)],
            "tokens": [asdict(token) for token in self._tokens.of(str(actor.person_id))],
        }

    def empty_wallet(self, actor: Actor, word: str) -> None:
        """Delete everything in the actor's wallet, beside the labour-market data too."""
        self.wallet_for(actor).empty(word)
        self.recount(str(actor.person_id))

    def check_due(self, every: timedelta, go_on: Callable[[], bool] = lambda: True) -> tuple[int, int]:
        """Check records that were last checked longer ago; how many, and how many changed."""
        return check_due(self._wallets, self._checking(), every, tried=self._tried, go_on=go_on)

    def tell(self, _every: timedelta, go_on: Callable[[], bool] = lambda: True) -> tuple[int, int]:
        """Tell people what is due, and write to them; how many were written to, and reached."""
        return self._telling.round(go_on)

    @property
    def news(self) -> NewsService:
        """What people are told."""
        return NewsService(self._news, self._wallets, lambda: self._link_key, mails=self._mails)

    @property
    def issuing(self) -> IssuingService:
        """What organizations issue; without the vocabularies no skills can be added to it."""
        given = GivenWallets(self._wallets, self._checking, self.people)
        return IssuingService(self._issuing, self.publisher, given, lambda: self.labor, self._now)

    @property
    def confirmations(self) -> ConfirmationService:
        """What a person asks others to confirm."""
        return ConfirmationService(self._desk)

    @property
    def answering(self) -> AnsweringService:
        """What those who are asked answer."""
        return AnsweringService(self._desk)

    @property
    def consents(self) -> ConsentService:
        """What a person lets others do with their record."""
        return ConsentService(self._consents, self.audit, self._people, self._consent_changed, self._now)

    @property
    def groups(self) -> GroupService:
        """Groups that people tell they belong to, for regional figures alone."""
        return GroupService(self._groups, self._consents, self.audit, self.recount)

    def _consent_changed(self, person_id: str) -> None:
        self.groups.consent_changed(person_id)
        self.recount(person_id)

    @property
    def tokens(self) -> TokenService:
        """A person's own keys for programs."""
        return TokenService(self._tokens, self._now)

    @property
    def systems(self) -> SystemService:
        """Systems of others, and who lets them in."""
        return SystemService(self._systems, self._consents, self._registrations, self._now)

    @property
    def badges(self) -> BadgeService:
        """What such a system reads and puts."""
        return BadgeService(self._wallets, self._people.account, self._consents, self.audit, self.records_for)

    @property
    def verifying(self) -> VerifyService:
        """Checking what somebody holds, for a program."""
        return VerifyService(self._checking)

    @property
    def webhooks(self) -> WebhookService:
        """Addresses that are told what happens."""
        return WebhookService(self._webhooks, self._sender, self._link_key, self._now)

    @property
    def sharing(self) -> SharingService:
        """What a person shows by a link."""
        return SharingService(
            self._shares,
            self._consents,
            self.audit,
            self.wallet_for,
            self._wallets,
            self._email_of,
            self._case,
            self._link_key,
            self._now,
        )

    @property
    def opening(self) -> OpeningService:
        """What somebody sees who was given a link."""
        return OpeningService(
            self._shares,
            self.audit,
            self._people,
            self._wallets,
            self.wallet_for,
            self._checking,
            self._news,
            self._share_guesses,
            self._now,
        )

    @property
    def postings(self) -> PostingService:
        """Roles that employers want to fill; without roles they can be seen and closed, and not made."""
        return PostingService(
            self._postings,
            self._applications,
            self._consents,
            lambda: self.graph,
            lambda: self.labor,
            lambda: self.linker,
            self._now,
        )

    @property
    def applying(self) -> ApplyingService:
        """What a person sends to a posting."""
        return ApplyingService(
            self.postings,
            self._postings,
            self._applications,
            self._consents,
            self.audit,
            self._news,
            self._reader(),
            self.wallet_for,
            self._email_of,
            self._now,
        )

    @property
    def applications(self) -> ApplicationService:
        """What an employer receives."""
        return ApplicationService(
            self.postings,
            self._applications,
            self.access,
            self._news,
            self._people,
            self._reader(),
            self._wallets,
            self._checking,
            self._now,
        )

    @property
    def caseload(self) -> CaseloadService:
        """A counselor's caseload; while roles are away it shows their codes."""
        return CaseloadService(
            self.audit,
            self._advising,
            self._cases,
            self._case_groups,
            self._employment_plans,
            partial(tallies, self._database),
            self._titles,
            self._now,
        )

    @property
    def caseload_figures(self) -> CaseloadFiguresService:
        """What a caseload comes to; `RolesAway` from its figures when roles cannot be read."""
        return CaseloadFiguresService(
            self.caseload,
            self._cases,
            self._employment_plans,
            self._people,
            self.wallet_for,
            lambda: self.graph,
        )

    @property
    def case_work(self) -> CaseWork:
        """What a counselor writes down of a client."""
        return CaseWork(self._advising, self._cases, self._news, self._now)

    @property
    def clients(self) -> ClientViewService:
        """One client on one screen; `RolesAway` from its verbs when roles cannot be read."""
        return ClientViewService(
            self._advising,
            self,
            self._people,
            self._cases,
            self._employment_plans,
            self._kept_pathways,
            self.people.choose_career,
            self.people.drop_career,
        )

    @property
    def employment_plans(self) -> EmploymentPlanService:
        """Employment plans; without roles they can be read, signed and ticked off."""
        return EmploymentPlanService(
            self._advising, self._employment_plans, self, lambda: self.labor, self._news, self._now
        )

    @property
    def inviting(self) -> InvitingService:
        """Asking people to let a counselor advise them."""
        return InvitingService(
            self._invitations,
            self._people,
            self.consents,
            self._mail,
            self._link_key,
            self._invitation_guesses,
            self._public_url,
            self._now,
        )

    @property
    def transfers(self) -> TransferService:
        """Passing a client on to another counselor."""
        return TransferService(
            self._advising,
            self._transfers,
            self._people,
            self._consents,
            self.consents,
            self._employment_plans,
            self._news,
        )

    @property
    def registry(self) -> RegistryService:
        """The issuers that the county knows."""
        return RegistryService(self._known_issuers)

    @property
    def reports(self) -> ReportService:
        """What people say about squares; without roles nothing new can be said."""
        return ReportService(self._reports, lambda: self.graph, lambda: self.labor)

    @property
    def corrections(self) -> CorrectionService:
        """What is decided about it; without roles it can only be taken out as a file."""
        return CorrectionService(self._reports, lambda: self.graph, lambda: self.labor)

    @property
    def linker(self) -> Linking | None:
        """What reads skills out of words, by the index of the build in place; ``None`` while it is away."""
        if self._index_folder is None:
            return None
        try:
            build_id = self.labor.build_id
        except (RolesAway, LaborDataUnavailable):
            return None
        linking = self._linking
        if linking is None or linking.build_id != build_id:
            with self._lock:
                linking = self._linking
                if linking is None or linking.build_id != build_id:
                    linking = self._linking = Linking.open(self._index_folder, build_id)
        return linking

    def load_wallets(self) -> int | None:
        """Bring the skills of consenting people beside the labour-market data.

        Returns
        -------
        int or None
            Rows loaded, one a person and skill; ``None`` while one of the two stores cannot be read
            so: nothing a learner does depends on it.
        """
        try:
            return self._region_supply.load()
        except LaborDataUnavailable:
            return None

    def recount(self, person_id: str) -> None:
        """Count one person's skills anew in the regional figures, or no longer, from this moment on."""
        with suppress(LaborDataUnavailable):
            self._region_supply.renew(person_id)

    def health(self) -> Health:
        """Whether both stores answer, and which releases are loaded."""
        try:
            with self._database.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return Health(ok=False, reason="The system of record cannot be reached.")
        try:
            return Health(ok=True, sources=self.labor.sources())
        except LaborDataUnavailable as error:
            cause = error.__cause__ if isinstance(error, RolesAway) and error.__cause__ else error
            return Health(ok=False, reason=str(cause))

    def close(self) -> None:
        """Let go of both stores, once nothing of this reads them any more."""
        for thread in self._beside:
            thread.join(LONGEST_END)
        with self._lock:
            if self._labor is not None:
                self._labor.close()
            self._labor = self._loaded = self._linking = self._grounds = self._region_ground = None
        self._database.engine.dispose()

    def _checking(self) -> Checking:
        return Checking(
            documents=self.documents,
            issuers=self.issuers,
            people=self._people,
            labor=self._labor_or_none(),
            linker=self.linker,
            now=self._now,
            gate=self._gate,
        )

    def _reader(self) -> Reader:
        return Reader(lambda: self.graph, lambda: self.labor, self.wallet_for, self._email_of)

    def _titles(self, codes: Iterable[str]) -> dict[str, str]:
        try:
            graph = self.graph
        except RolesAway:
            return {}
        return {code: graph.listed[graph.role_index[code]].title for code in codes if code in graph}

    def _email_of(self, person_id: str) -> str:
        account = self._people.account(person_id)
        return account.email if account else ""

    def _labor_or_none(self) -> LaborStore | None:
        try:
            return self.labor
        except RolesAway:
            return None

    def _load(self) -> _Loaded:
        labor = self.labor
        try:
            build_id = labor.build_id
            loaded = self._loaded
            if loaded is None or loaded.build_id != build_id:
                with self._lock:
                    loaded = self._loaded
                    if loaded is None or loaded.build_id != build_id:
                        loaded = self._loaded = _read(labor, build_id)
            return loaded
        except LaborDataUnavailable as error:
            raise _away() from error


def _fields(value: Any) -> dict[str, Any] | None:
    return None if value is None else asdict(value)


def _read(labor: LaborStore, build_id: str) -> _Loaded:
    roles = labor.roles()
    required = labor.requirements()
    jobs = {
        code: market.employment.value
        for code, market in labor.markets([role.code for role in roles], NATION).items()
        if market.employment.value is not None
    }
    return _Loaded(
        build_id=build_id,
        graph=build(
            (replace(role, requirements=required.get(role.code, ())) for role in roles),
            labor.kinships(),
            labor.similar(),
            moves=with_counted(
                shared_out(labor.occupation_moves(), labor.survey_occupations()),
                counted_out(labor.observed_moves(), [role.code for role in roles]),
            ),
        ),
        index=RoleIndex(roles, labor.role_titles(), jobs),
    )


def _now() -> datetime:
    return datetime.now(UTC)


def _away() -> RolesAway:
    return RolesAway(
        _("Roles and wages are being renewed and cannot be shown just now. Try again in a few minutes.")
    )
