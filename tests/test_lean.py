"""What is loaded without its train, in processes of their own: here everything is loaded already."""

from __future__ import annotations

import subprocess
import sys

import pytest


def said(program: str) -> str:
    """What a program prints that runs in a Python of its own."""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_what_is_left_out_can_be_had_afterwards() -> None:
    program = (
        "from mailbot.lean import without\n"
        "with without('colorsys'):\n"
        "    try:\n        import colorsys\n    except ImportError:\n        print('left out')\n"
        "import colorsys; print(colorsys.__name__)"
    )
    assert said(program).split("\n") == ["left out", "colorsys"]


def test_what_is_loaded_already_is_not_taken_away() -> None:
    program = "import json; from mailbot.lean import without\nwith without('json'): import json; print(json.dumps(1))"
    assert said(program) == "1"


def test_what_is_hollow_is_whole_afterwards() -> None:
    program = (
        "from mailbot.lean import hollow\n"
        "with hollow(colorsys={'answer': 42}, xml__dom={}):\n    import colorsys as it, xml.dom; print(it.answer)\n"
        "import colorsys, xml.dom; print(colorsys.rgb_to_hsv(0, 0, 0), xml.dom.XML_NAMESPACE[:4])"
    )
    assert said(program).split("\n") == ["42", "(0.0, 0.0, 0) http"]


def test_what_is_to_come_later_comes_when_it_is_asked_for() -> None:
    program = (
        "import sys\nfrom mailbot.lean import later\nlater('colorsys', 'nothing_of_the_kind')\n"
        "import colorsys\nprint('ONE_THIRD' in vars(colorsys), 'nothing_of_the_kind' in sys.modules)\n"
        "from colorsys import rgb_to_hsv\nprint(rgb_to_hsv(0, 0, 0), type(colorsys).__name__)\n"
        "try:\n    colorsys.nothing\nexcept AttributeError:\n    print('no such name')"
    )
    assert said(program).split("\n") == ["False False", "(0.0, 0.0, 0) module", "no such name"]


def test_what_is_to_come_later_comes_whole_to_every_thread() -> None:
    program = (
        "from mailbot.lean import later\nlater('statistics')\nimport statistics\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "with ThreadPoolExecutor(8) as pool:\n"
        "    print(set(pool.map(lambda _: statistics.NormalDist.__name__, range(8))))"
    )
    assert said(program) == "{'NormalDist'}"


@pytest.mark.parametrize("name", ["calendar", "locale", "inspect", "socket", "zipfile"])
def test_what_is_loaded_already_comes_as_it_is(name: str) -> None:
    assert said(f"import {name} as one; from mailbot.lean import later; later(); import {name}; print(one is {name})")


def test_who_reads_mail_loads_nothing_that_a_plain_mail_does_not_need() -> None:
    heavy = ("ast", "html", "inspect", "ipaddress", "locale", "shutil", "socket", "tempfile", "zipfile")
    program = (
        "import sys; sys.argv = ['child', '0']; from mailbot.apart.child import _made_ready, sys\n"
        "from mailbot.reading.stored import read_raw; import mailbot.apart.child as child; child._say = print\n"
        f"_made_ready(whole=True); print([one for one in {heavy} if type(sys.modules.get(one)) is type(sys)])"
    )
    assert said(program).split("\n")[-1] == "[]"


def test_the_service_loads_nothing_that_it_does_not_use() -> None:
    heavy = ("rich", "pygments", "ssl", "asyncio", "multiprocessing")
    assert said(f"import sys, mailbot.daemon; print([one for one in {heavy} if one in sys.modules])") == "[]"


def test_who_stays_takes_digests_without_openssl() -> None:
    program = (
        "import sys; from mailbot.lean import stay; stay(); import hmac\n"
        "print('_hashlib' in sys.modules, hmac.new(b'', b'', 'sha256').hexdigest()[:6])\n"
        "import ssl; print(bool(ssl.OPENSSL_VERSION))"
    )
    assert said(program).split("\n") == ["False b61367", "True"]


def test_a_package_comes_piecemeal() -> None:
    program = (
        "import sys\nfrom mailbot.lean import piecemeal\npiecemeal('xml.dom.nothing'); piecemeal('json.tool')\n"
        "piecemeal('concurrent.futures')\nprint('concurrent.futures._base' in sys.modules)\n"
        "from concurrent.futures import Future; print(Future.__module__)\n"
        "from concurrent.futures import thread; print(thread.__name__)"
    )
    assert said(program).split("\n") == ["False", "concurrent.futures._base", "concurrent.futures.thread"]


def test_one_country_comes_without_the_others() -> None:
    program = (
        "import sys\nfrom mailbot.holiday_table import country_holidays\ncountry_holidays('DE', 'BE')\n"
        "print([one for one in sys.modules if one.startswith('holidays.countries.')])"
    )
    assert said(program) == "['holidays.countries.germany']"


@pytest.mark.parametrize(("country", "region"), [("US", ""), ("GB", "ENG"), ("AU", "NSW"), ("IN", ""), ("UA", "")])
def test_a_country_that_comes_alone_has_the_same_days(country: str, region: str) -> None:
    days = f"sorted(map(str, {{}}('{country}', subdiv='{region}' or None, years=[2026, 2027])))"
    whole = said(f"import holidays, holidays.countries; print({days.format('holidays.country_holidays')})")
    alone = said(
        "from mailbot.holiday_table import country_holidays\n"
        f"print(sorted(str(day) for year in (2026, 2027) for day in country_holidays('{country}', '{region}', year)))"
    )
    assert alone == whole


def test_every_country_of_the_library_can_come_alone() -> None:
    program = (
        "from mailbot.holiday_table import is_known, known_countries\n"
        "print(len(known_countries()) > 200, [one for one in known_countries() if not is_known(one)])"
    )
    assert said(program) == "True []"
