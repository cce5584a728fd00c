"""The pages by their paths: each looks once at how everything stands, and shows a view of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from mailbot.errors import MailbotError, Transient
from mailbot.etiquette import PRESETS, about, patience
from mailbot.logs import logger
from mailbot.reading.statements import Part, Reading
from mailbot.rereading import changes
from mailbot.standing.health import sentences
from mailbot.standing.notices import in_junk, not_read, suspicious
from mailbot.standing.steps import kept_notes, next_step
from mailbot.tracking.application import Application, Stage
from mailbot.tracking.stages import history
from mailbot.voice import Heard, unsay
from mailbot.web import agenda, board, letters, questions, saying, story
from mailbot.web.desk import Desk, Sight
from mailbot.web.figures import figures
from mailbot.web.forms import Form, form
from mailbot.web.rendering import STATIC, render, static
from mailbot.web.timeline import picture

log = logger("web")


@dataclass(frozen=True, slots=True)
class Site:
    """`place` is the path below which everything lies. One person looks: every page is made in the one thread that the
    ledger is for, one after the other."""

    desk: Desk
    place: str

    def app(self) -> Starlette:
        """What answers requests that the guard lets through."""
        gets: Mapping[str, Callable[[Request], object]] = {
            "/": self.board, "/agenda": self.agenda, "/letters": self.letters, "/questions": self.questions,
            "/figures": self.figures, "/said": self.said, "/application/{ident}": self.application,
            "/{name}": self.static,
        }  # fmt: skip
        posts: Mapping[str, Callable[[Request], object]] = {
            "/questions": self.answer, "/said": self.unsay, "/letters": self.pause,
            "/application/{ident}/{what}": self.say,
        }  # fmt: skip
        routes = [Route(path, method, methods=["GET"]) for path, method in gets.items()]
        routes += [Route(path, method, methods=["POST"]) for path, method in posts.items()]
        handlers = {MailbotError: self.refused, HTTPException: self.nothing, Exception: self.bug}
        return Starlette(routes=[Mount(self.place, routes=routes)], exception_handlers=handlers)

    # Looking

    async def board(self, _request: Request) -> Response:
        sight = self.desk.look()
        outlook, recent = sight.outlook, _recent(sight)
        ledger, pages = sight.home.ledger, sight.pages
        debts = [
            (one, outlook.application(one.application), pages.of_message(one.application, one.message_id, outlook))
            for one in outlook.plan.debts
        ]
        return self._page(
            "board", sight,
            live=board.live(outlook), over=board.over(outlook), soon=agenda.soon(outlook), debts=debts,
            beware=list(suspicious(recent)), unread=list(not_read(recent)), junk=list(in_junk(ledger, recent)),
            read_again=[one for one in changes(ledger) if sight.now - one.at < letters.LATELY],
            unreadable=len(ledger.quarantined()),
        )  # fmt: skip

    async def agenda(self, _request: Request) -> Response:
        sight = self.desk.look()
        hints = [(one, sight.outlook.application(one.application)) for one in sight.outlook.plan.hints]
        return self._page("agenda", sight, weeks=agenda.weeks(sight.outlook), hints=hints)

    async def letters(self, request: Request) -> Response:
        return self._letters(self.desk.look(), said=self._heard(request))

    async def questions(self, request: Request) -> Response:
        return self._questions(self.desk.look(), said=self._heard(request))

    async def figures(self, _request: Request) -> Response:
        sight = self.desk.look()
        return self._page("figures", sight, figures=figures(sight.outlook))

    async def said(self, _request: Request) -> Response:
        sight = self.desk.look()
        return self._page("said", sight, words=sight.home.ledger.words()[::-1])

    async def application(self, request: Request) -> Response:
        sight = self.desk.look()
        return self._application(sight, _found(request, sight), said=self._heard(request))

    async def static(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in STATIC:
            raise HTTPException(404)
        return Response(static(name), media_type=STATIC[name])

    # Saying

    async def answer(self, request: Request) -> Response:
        sight = self.desk.look()
        try:
            heard = saying.answered(form(await request.body()), sight)
        except MailbotError as error:
            return self._questions(sight, problem=str(error), status=422)
        return self._done(heard, "questions")

    async def pause(self, request: Request) -> Response:
        sight, given = self.desk.look(), Form()
        try:
            given = form(await request.body())
            heard = saying.paused(given, sight)
        except MailbotError as error:
            return self._letters(sight, problem=str(error), given=given, failed="pause", status=422)
        return self._done(heard, "letters")

    async def unsay(self, request: Request) -> Response:
        sight = self.desk.look()
        number = form(await request.body()).one("number")
        if not number.isdecimal():
            raise HTTPException(404)
        unsay(sight.home, int(number), sight.now)
        return RedirectResponse(f"{self.place}/said", 303)

    async def say(self, request: Request) -> Response:
        sight = self.desk.look()
        one, what, given = _found(request, sight), request.path_params["what"], Form()
        if what not in saying.ABOUT_ONE:
            raise HTTPException(404)
        try:
            given = form(await request.body())
            heard = saying.said(what, one, given, sight)
        except MailbotError as error:
            return self._application(sight, one, problem=str(error), given=given, failed=what, status=422)
        return self._done(heard, f"application/{one.id}")

    def _done(self, heard: Heard, where: str) -> Response:
        self.desk.heard[heard.number] = heard
        return RedirectResponse(f"{self.place}/{where}?said={heard.number}", 303)

    # Pages

    def _questions(self, sight: Sight, status: int = 200, **values: object) -> Response:
        readings = {one.message_id: one for one in sight.home.ledger.readings()}
        asked = questions.asked(sight.outlook, readings, sight.pages)
        return self._page("questions", sight, status, asked=asked, **values)

    def _letters(self, sight: Sight, status: int = 200, **values: object) -> Response:
        waiting, kept = letters.waiting(sight.home, sight.outlook, sight.pages)
        return self._page(
            "letters", sight, status, **{"given": Form(), **values},
            waiting=waiting, kept=kept, coming=letters.coming(sight.outlook),
            yours=letters.yours(sight.outlook), missed=letters.missed(sight.home, sight.outlook),
        )  # fmt: skip

    def _application(self, sight: Sight, one: Application, status: int = 200, **values: object) -> Response:
        home, outlook = sight.home, sight.outlook
        ours = [draft for draft in home.ledger.all_drafts() if draft.application == one.id]
        replaced = {draft.replaces for draft in ours}
        drafts = [draft for draft in ours if draft.id not in replaced]
        turns = history(one, outlook.now, patience(home.assistant.profile.etiquette))
        return self._page(
            "application", sight, status,
            **{"given": Form(), "failed": "", **values},
            one=one, heading=board.heading(one), stage=outlook.stages[one.id], step=next_step(one, outlook),
            debts=[debt for debt in outlook.plan.debts if debt.application == one.id],
            picture=picture(one, drafts, outlook), facts=story.facts(one.events, turns, outlook.now)[::-1],
            mails=story.mails_of(one, sight.pages, home.settings.me.addresses),
            letters=letters.of_records(drafts[::-1], home, outlook, sight.pages),
            coming=[letter for letter in letters.coming(outlook) if letter.application.id == one.id],
            stages=list(Stage), parts=list(Part), presets={name: about(name) for name in PRESETS},
            others=board.others(one, outlook),
        )  # fmt: skip

    def _page(self, name: str, sight: Sight, status: int = 200, **values: object) -> Response:
        lying = sight.home.ledger.open_drafts()
        waiting = len(lying) - len(kept_notes(lying, sight.outlook))
        counts = {"letters": waiting, "questions": len(sight.outlook.questions)}
        health = list(sentences(sight.home, sight.now))
        shown = {"said": None, "problem": "", "failed": "", **values}
        text = render(name, sight.now, place=self.place, here=name, counts=counts, health=health, **shown)
        return HTMLResponse(text, status)

    def _heard(self, request: Request) -> Heard | None:
        """What was said just before, by the number in the address."""
        number = request.query_params.get("said", "")
        return self.desk.heard.get(int(number)) if number.isdecimal() and len(number) < 10 else None

    # What goes wrong

    async def refused(self, _request: Request, error: Exception) -> Response:
        return self._plain("That did not work", str(error), 503 if isinstance(error, Transient) else 409)

    async def nothing(self, _request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        return self._plain("There is nothing here", "The page may be of an application that was forgotten.", status)

    async def bug(self, _request: Request, error: Exception) -> Response:
        log.bug("a page could not be made", error)
        return self._plain("That is a bug of mailbot's", "The terminal says where. Please report it.", 500)

    def _plain(self, title: str, text: str, status: int) -> Response:
        from mailbot.config import local_now

        return HTMLResponse(render("plain", local_now("UTC"), place=self.place, title=title, text=text), status)


def _found(request: Request, sight: Sight) -> Application:
    found = story.found(request.path_params["ident"], sight.outlook)
    if found is None:
        raise HTTPException(404)
    return found


def _recent(sight: Sight) -> list[Reading]:
    return [one for one in sight.home.ledger.readings() if sight.now - one.date < letters.LATELY]
