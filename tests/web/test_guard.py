"""Who may see the page and change something: names rebound to this machine, forged requests, bodies too long."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from mailbot.demo.sample import LAST_DAY
from mailbot.store.sqlite import open_ledger
from mailbot.web.guard import BODY_CAP
from mailbot.web.serving import listening
from tests.web.serving import HUNG_UP, Answer, Served, Server

PATHS = ("/", "/agenda", "/letters", "/questions", "/figures", "/said")
MUTE = {"company": "Mallory Ltd"}


def words(page: Served) -> int:
    """How much the person has said."""
    with open_ledger(page.folder / "state") as ledger:
        return len(ledger.words())


def without(answer: Answer) -> bool:
    """Whether it holds nothing of any mail."""
    return "Harborview" not in answer.text and "Nora" not in answer.text


class TestHost:
    @pytest.mark.parametrize(
        "host", ["rebound.example", "rebound.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost", "[::1]:{port}",
                 "127.0.0.1:{port}.rebound.example", ""]
    )  # fmt: skip
    def test_a_name_that_is_not_ours_is_answered_nothing(self, page: Served, host: str) -> None:
        answer = page.get(Host=host.format(port=page.port))
        assert answer.status == 421
        assert without(answer)

    def test_localhost_is_ours_too(self, page: Served) -> None:
        assert page.get(Host=f"localhost:{page.port}").status == 200

    def test_two_hosts_are_none(self, page: Served) -> None:
        line = http.client.HTTPConnection("127.0.0.1", page.port, timeout=10)
        line.putrequest("GET", f"{page.entrance.place}/")
        line.putheader("Host", "rebound.example")
        line.putheader("Cookie", page.cookie)
        line.endheaders()
        assert line.getresponse().status in (400, 421)
        line.close()

    def test_it_listens_on_the_loopback_address_alone(self) -> None:
        with listening(0) as door:
            assert door.getsockname()[0] == "127.0.0.1"


class TestEntrance:
    @pytest.mark.parametrize("path", [*PATHS, "/application/any", "/nothing"])
    @pytest.mark.parametrize("cookie", ["", "mailbot=", "mailbot=wrong", "other=1; mailbot=wrong", "mailbot"])
    def test_without_the_cookie_there_is_nothing_to_see(self, page: Served, path: str, cookie: str) -> None:
        answer = page.get(path, Cookie=cookie)
        assert answer.status == 403
        assert without(answer)

    def test_below_any_other_path_there_is_nothing(self, page: Served) -> None:
        for path in ("/", "/style.css", "/agenda", page.entrance.place, f"{page.entrance.place}x/"):
            assert page.ask("GET", path, {"Cookie": page.cookie}).status == 404

    def test_the_start_link_is_exchanged_for_a_cookie_of_this_path_that_no_script_and_no_other_site_sends(
        self, page: Served
    ) -> None:
        answer = page.get(f"/start?key={page.entrance.lasting}", Cookie="")
        assert (answer.status, answer.headers["location"]) == (303, f"{page.entrance.place}/")
        cookie = answer.headers["set-cookie"]
        assert {f"Path={page.entrance.place}/", "HttpOnly", "SameSite=Strict"} <= set(cookie.split("; "))
        assert page.entrance.lasting not in cookie
        assert page.get(Cookie=cookie.partition(";")[0]).status == 200

    @pytest.mark.parametrize("key", ["", "wrong", "%FF", "%C3%A9"])
    def test_a_wrong_start_link_opens_nothing(self, page: Served, key: str) -> None:
        answer = page.get(f"/start?key={key}", Cookie="")
        assert answer.status == 403
        assert "set-cookie" not in answer.headers

    def test_the_link_that_opens_the_browser_opens_once(self, own_page: Served) -> None:
        path = f"/start?key={own_page.entrance.once}"
        assert [own_page.get(path, Cookie="").status for _ in range(2)] == [303, 403]

    def test_no_secret_of_one_run_opens_another(self, page: Served, own_page: Served) -> None:
        assert own_page.get(Cookie=page.cookie).status == 403
        assert page.entrance.place != own_page.entrance.place


class TestChange:
    @pytest.mark.parametrize(
        "origin", ["", "null", "https://127.0.0.1:{port}", "http://127.0.0.1", "http://127.0.0.1:1",
                   "http://localhost:{port}", "http://rebound.example", "http://127.0.0.1:{port}.rebound.example"]
    )  # fmt: skip
    def test_what_comes_from_elsewhere_changes_nothing(self, page: Served, origin: str) -> None:
        path = page.application("Juniper Data")
        answer = page.post(f"{path}/correct", MUTE, Origin=origin.format(port=page.port))
        assert answer.status == 403
        assert words(page) == 0

    def test_without_the_cookie_nothing_is_changed(self, page: Served) -> None:
        path = page.application("Juniper Data")
        assert page.post(f"{path}/correct", MUTE, Cookie="").status == 403
        assert words(page) == 0

    def test_looking_changes_nothing(self, page: Served) -> None:
        path = page.application("Juniper Data")
        before = (page.folder / "state" / "ledger.sqlite").read_bytes()
        for one in (*PATHS, path, f"{path}/correct?company=Mallory", f"{path}/mute", "/said?number=1", "/?said=1"):
            page.get(one)
        assert (page.folder / "state" / "ledger.sqlite").read_bytes() == before

    @pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
    def test_only_looking_and_saying_is_known(self, page: Served, method: str) -> None:
        headers = {"Cookie": page.cookie, "Origin": "http://rebound.example", "Access-Control-Request-Method": "POST"}
        answer = page.ask(method, f"{page.entrance.place}/said", headers)
        assert answer.status == 405
        assert not [one for one in answer.headers if one.startswith("access-control")]

    @pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data; boundary=x", ""])
    def test_what_is_no_form_is_not_heard(self, page: Served, kind: str) -> None:
        path = page.application("Juniper Data")
        assert page.post(f"{path}/correct", MUTE, **{"Content-Type": kind}).status == 415
        assert words(page) == 0

    def test_a_body_that_is_too_long_is_not_heard(self, page: Served) -> None:
        path = page.application("Juniper Data")
        assert page.post(f"{path}/correct", b"company=" + b"x" * BODY_CAP).status == 413
        assert words(page) == 0

    def test_nor_one_that_does_not_say_how_long_it_is(self, page: Served) -> None:
        def endless() -> Iterator[bytes]:
            for _ in range(40):
                yield b"400\r\n" + b"x" * 1024 + b"\r\n"
            yield b"0\r\n\r\n"

        headers = {
            "Cookie": page.cookie, "Origin": f"http://{page.host}", "Transfer-Encoding": "chunked",
            "Content-Type": "application/x-www-form-urlencoded",
        }  # fmt: skip
        assert page.ask("POST", f"{page.entrance.place}/said", headers, endless()).status == 413

    @pytest.mark.parametrize("length", ["-1", "1e9", "99999999999999999999", "x"])
    def test_nor_one_that_lies_about_it(self, page: Served, length: str) -> None:
        assert page.post("/said", b"number=1", **{"Content-Length": length}).status in (400, 413, HUNG_UP)
        assert words(page) == 0


class TestHeaders:
    @pytest.mark.parametrize("path", [*PATHS, "/style.css", "/nothing", "/start?key=wrong"])
    def test_every_answer_forbids_scripts_frames_and_everything_from_elsewhere(self, page: Served, path: str) -> None:
        headers = page.get(path).headers
        policy = dict(one.split(" ", 1) for one in headers["content-security-policy"].split("; "))
        assert policy == {
            "default-src": "'none'", "style-src": "'self'", "img-src": "'self'", "form-action": "'self'",
            "base-uri": "'none'", "frame-ancestors": "'none'",
        }  # fmt: skip
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-content-type-options"] == "nosniff"
        assert "server" not in headers
        assert not [one for one in headers if one.startswith("access-control")]

    @pytest.mark.parametrize("path", [*PATHS, "application"])
    def test_no_page_holds_a_script_a_style_or_an_address_elsewhere(self, page: Served, path: str) -> None:
        text = page.get(page.application("Harborview Press") if path == "application" else path).text
        assert not re.search(r"<script|<style|<iframe|javascript:|\sstyle=|\son\w+=", text, re.IGNORECASE)
        loaded = re.findall(r'\b(?:src|action)="([^"]*)"|<link[^>]* href="([^"]*)"', text)
        assert loaded
        assert all((first or second).startswith(f"{page.entrance.place}/") for first, second in loaded)


def test_what_goes_wrong_inside_is_told_without_a_word_of_it(demo: Path, other_server: Server) -> None:
    def broken(_zone: str) -> NoReturn:
        raise RuntimeError("canary7f3a")

    with other_server.serving(demo, LAST_DAY, clock=broken) as page:
        answer = page.get()
    assert (answer.status, "canary7f3a" in answer.text) == (500, False)
    assert "That is a bug of mailbot" in answer.text
    assert "content-security-policy" in answer.headers


def test_a_port_that_is_taken_is_a_sentence(page: Served) -> None:
    from mailbot.errors import ActionNeeded

    with pytest.raises(ActionNeeded, match=f"Port {page.port} is taken"):
        listening(page.port)


def test_the_pages_and_styles_are_part_of_the_package() -> None:
    import mailbot.web

    room = Path(mailbot.web.__file__).parent
    assert {one.name for one in (room / "static").iterdir()} == {"style.css", "icon.svg"}
