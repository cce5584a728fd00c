"""Where a provider's mail is read: the table, and the provider's own word."""

from __future__ import annotations

import urllib.error
from email.message import Message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.config import parse_settings
from mailbot.errors import Transient
from mailbot.mail.imap.server import is_this_machine
from mailbot.setup.autoconfig import ask, parse
from mailbot.setup.providers import Provider, provider_of, providers
from mailbot.setup.writing import configuration

FILE = """<?xml version="1.0"?>
<!-- for mail programs -->
<clientConfig version="1.1"><emailProvider id="harbour.example">
  <domain>harbour.example</domain>
  <incomingServer type="pop3"><hostname>pop.harbour.example</hostname><port>995</port>
    <socketType>SSL</socketType></incomingServer>
  <incomingServer type="imap"><hostname>plain.harbour.example</hostname><port>143</port>
    <socketType>plain</socketType></incomingServer>
  <incomingServer type="imap"><hostname>imap.harbour.example</hostname><port>143</port>
    <socketType>STARTTLS</socketType><username>%EMAILADDRESS%</username></incomingServer>
</emailProvider></clientConfig>
"""


def test_a_domain_is_named_once() -> None:
    domains = [domain for one in providers() for domain in one.domains]
    assert len(domains) == len(set(domains))
    assert all(one == one.lower() for one in domains)


@pytest.mark.parametrize("one", providers(), ids=lambda one: f"{one.name} {one.domains[0]}")
def test_each_row_makes_a_sound_and_private_account(one: Provider) -> None:
    account = {
        "name": "a", "kind": "imap", "host": one.host, "port": one.port, "security": one.security,
        "sign_in": one.sign_in, "password_command": "show" if one.sign_in != "password" else "",
    }  # fmt: skip
    me = {"name": "N", "addresses": [f"n@{one.domains[0]}"]}
    (read,) = parse_settings(configuration({"me": me, "account": account}), "x").account
    assert (read.host, read.port) == (one.host, one.port)
    assert one.security != "none"
    assert one.security == "tls" or is_this_machine(one.host)
    assert not one.page or one.page.startswith("https://")


def test_an_address_is_known_by_its_domain_in_any_case() -> None:
    assert provider_of("Alex@GMail.com") == provider_of("other@gmail.com")
    assert provider_of("alex@gmail.com.example") is None
    assert provider_of("alex") is None


def test_the_first_private_imap_server_of_an_autoconfig_file_is_taken() -> None:
    assert parse(FILE.encode(), "harbour.example") == Provider(
        "harbour.example", "imap.harbour.example", port=143, security="starttls"
    )


@pytest.mark.parametrize(
    "text",
    [
        "", "<html><p>Not found", "<clientConfig/>", FILE.replace("STARTTLS", "plain"),
        FILE.replace("imap.harbour.example", "imap harbour/../example"), FILE.replace(">143<", ">99999<"),
        '<!DOCTYPE a [<!ENTITY b "bbbb">]>' + FILE.partition("?>")[2],
    ],
)  # fmt: skip
def test_what_names_no_private_server_is_none(text: str) -> None:
    assert parse(text.encode(), "harbour.example") is None


@given(st.binary(max_size=300) | st.text(alphabet="<>/!?ab&;\"='", max_size=300).map(str.encode))
def test_no_content_makes_it_fail(content: bytes) -> None:
    assert parse(content, "harbour.example") is None


def test_only_the_domain_itself_is_asked_over_https_and_never_told_the_address() -> None:
    asked: list[str] = []

    def fetch(address: str) -> bytes:
        asked.append(address)
        raise urllib.error.HTTPError(address, 404, "Not Found", Message(), None)

    assert ask("harbour.example", fetch) is None
    assert asked == [
        "https://autoconfig.harbour.example/mail/config-v1.1.xml",
        "https://harbour.example/.well-known/autoconfig/mail/config-v1.1.xml",
    ]


def test_nobody_who_answers_is_said() -> None:
    def fetch(_address: str) -> bytes:
        raise OSError("no route")

    with pytest.raises(Transient, match="no route"):
        ask("harbour.example", fetch)
