"""Views of a region that an official opens to anybody, and closes again."""

from __future__ import annotations

from collections.abc import Callable

from accounts.actor import Actor
from accounts.errors import ChangeRefused, PersonError
from accounts.errors import marked as _
from accounts.permissions import Action, may, require
from accounts.published_views import PublishedView, PublishedViewStore

MOST_OPEN = 50
LONGEST = 400


class NoSuchView(PersonError):  # noqa: N818 - named as it is shown
    """There was never such a view."""

    status = 404


class ViewClosed(PersonError):  # noqa: N818 - named as it is shown
    """It was taken back, or who published it may no longer."""

    status = 410


class RegionPublishing:
    """The verbs about published views.

    Parameters
    ----------
    views : PublishedViewStore
    actor_of : callable
        Gives the actor of a person id, ``None`` where there is none any more.
    """

    def __init__(self, views: PublishedViewStore, actor_of: Callable[[str], Actor | None]) -> None:
        self._views = views
        self._actor_of = actor_of

    def mine(self, actor: Actor) -> tuple[PublishedView, ...]:
        """Return what the official has open."""
        require(actor, Action.COUNTY_PUBLISH)
        return self._views.of(str(actor.person_id))

    def publish(self, actor: Actor, address: str) -> PublishedView:
        """Open a view to anybody who has its address.

        Raises
        ------
        ChangeRefused
            If the address is too long, or too many are open.
        """
        require(actor, Action.COUNTY_PUBLISH)
        if len(address) > LONGEST:
            raise ChangeRefused(_("This view asks for too much to be published. Choose fewer counties."))
        if len(self._views.of(str(actor.person_id))) >= MOST_OPEN:
            raise ChangeRefused(
                _("%(most)s views are public, as many as can be. Take one back first."), most=MOST_OPEN
            )
        return self._views.publish(str(actor.person_id), address)

    def withdraw(self, actor: Actor, view_id: str) -> None:
        """Close a view.

        Raises
        ------
        NoSuchView
        """
        require(actor, Action.COUNTY_PUBLISH)
        if not self._views.withdraw(str(actor.person_id), view_id):
            raise NoSuchView(_("There is no such public view."))

    def opened(self, view_id: str) -> tuple[PublishedView, Actor]:
        """Return a view that is open to anybody, and the official on whose word it is.

        Raises
        ------
        NoSuchView, ViewClosed
        """
        found = self._views.get(view_id)
        if found is None:
            raise NoSuchView(_("There is no such public view."))
        publisher = self._actor_of(found.person_id)
        if found.withdrawn_at is not None or publisher is None or not may(publisher, Action.COUNTY_PUBLISH):
            raise ViewClosed(_("This view is no longer public."))
        return found, publisher
