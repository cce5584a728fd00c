"""The page in a real browser (Debian's chromium, headless), with scripts off as it needs none: on a phone, at a desk,
light and dark, by the keyboard alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.web.serving import Served

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")
playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")

PATHS = ("", "agenda", "letters", "questions", "figures", "said", "application")
PHONE, DESK = (390, 844), (1280, 900)
# What every page is looked over for, in the page itself: names of what can be used, sizes to be hit by a thumb,
# contrast of each text against what lies behind it (WCAG 2.2: 4.5 to 1, 3 to 1 where it is large).
CHECKS = """() => {
  const found = [];
  const all = {checkOpacity: true, checkVisibilityCSS: true};
  const shown = one => one.checkVisibility(all) && !one.closest('.hidden, .skip');
  const name = one => (one.getAttribute('aria-label') || one.textContent || '').trim();
  for (const one of document.querySelectorAll('a[href], button, summary'))
    if (!name(one)) found.push('no name: ' + one.outerHTML);
  for (const one of document.querySelectorAll('input:not([type=hidden]), select, textarea'))
    if (!one.labels.length) found.push('no label: ' + one.outerHTML);
  for (const one of document.querySelectorAll('button, summary, nav a, .card'))
    if (shown(one) && one.getBoundingClientRect().height < 24) found.push('too small: ' + one.outerHTML);
  if (document.documentElement.scrollWidth > innerWidth)
    for (const one of document.querySelectorAll('body *'))
      if (one.getBoundingClientRect().right > innerWidth + 1) found.push('too wide: ' + one.outerHTML.slice(0, 120));
  const channels = text => { const c = text.match(/[\\d.]+/g).map(Number); return c.length > 3 ? c : [...c, 1]; };
  const light = c => c.slice(0, 3).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
  const over = (top, under) => top.slice(0, 3).map((v, at) => v * top[3] + under[at] * (1 - top[3])).concat(1);
  const behind = one => {
    const layers = [];
    for (let at = one; at; at = at.parentElement) {
      const c = channels(getComputedStyle(at).backgroundColor);
      if (c[3]) layers.push(c);
      if (c[3] === 1) break;
    }
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]);
  };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const one = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !shown(one) || one.closest('title, desc')) continue;
    const style = getComputedStyle(one);
    let ink = channels(one.closest('svg') ? style.fill : style.color);
    let opacity = 1;
    for (let at = one; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
    const ground = behind(one);
    ink = over([ink[0], ink[1], ink[2], ink[3] * opacity], ground);
    const [a, b] = [light(ink), light(ground)].sort((x, y) => y - x);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
    if ((a + 0.05) / (b + 0.05) < (large ? 3 : 4.5))
      found.push(`contrast ${((a + 0.05) / (b + 0.05)).toFixed(2)}: ` + one.outerHTML.slice(0, 120));
  }
  return found;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=CHROMIUM)
        yield running
        running.close()


def came_in(browser: playwright.Browser, page: Served, size: tuple[int, int], scheme: str) -> playwright.Page:
    """A window in which the start link was opened."""
    window = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, java_script_enabled=False
    )
    tab = window.new_page()
    tab.goto(f"{page.url}/start?key={page.entrance.lasting}")
    return tab


def paths(page: Served) -> list[str]:
    return [page.application("Harborview Press").lstrip("/") if one == "application" else one for one in PATHS]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_fits_can_be_read_and_used_and_asks_nobody_else(
    browser: playwright.Browser, page: Served, size: tuple[int, int], scheme: str
) -> None:
    tab = came_in(browser, page, size, scheme)
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    for path in paths(page):
        tab.goto(f"{page.url}/{path}")
        tab.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
        assert tab.evaluate(CHECKS) == [], path
    assert len(asked) > len(PATHS)
    assert [one for one in asked if not one.startswith(page.url)] == []
    ground = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    bright = sum(int(one) for one in ground[4:-1].split(","))
    assert bright > 600 if scheme == "light" else bright < 150
    tab.context.close()


def test_the_look_over_finds_what_is_wrong(browser: playwright.Browser) -> None:
    tab = browser.new_page(viewport={"width": 390, "height": 844})
    tab.set_content(
        '<p style="color: #999">pale</p><p style="color: #000">black</p><a href="/"></a><input id="alone">'
        '<button style="height: 10px">small</button><div style="width: 500px">wide</div>'
    )
    found = {one.split(":")[0] for one in tab.evaluate(CHECKS)}
    assert found == {"contrast 2.85", "no name", "no label", "too small", "too wide"}
    tab.close()


def test_the_start_link_leads_to_the_board_and_leaves_no_secret_in_the_address(
    browser: playwright.Browser, page: Served
) -> None:
    tab = came_in(browser, page, DESK, "light")
    assert tab.url == f"{page.url}/"
    assert tab.title() == "Board · mailbot"
    assert tab.context.cookies()[0]["httpOnly"]
    tab.context.close()


def test_with_the_keyboard_alone_one_gets_past_the_menu_to_an_application_and_can_note_a_topic(
    browser: playwright.Browser, own_page: Served
) -> None:
    tab = came_in(browser, own_page, DESK, "light")
    tab.keyboard.press("Tab")
    skip = tab.locator(":focus")
    assert skip.inner_text() == "Skip to the content"
    assert skip.bounding_box()["y"] >= 0
    tab.keyboard.press("Enter")
    walk(tab, "Juniper Data")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/application/*")
    assert tab.locator("h1").inner_text() == "Juniper Data"
    walk(tab, "What a talk brought")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    tab.keyboard.type("the night train to Trieste")
    walk(tab, "Note it")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**?said=*")
    assert "for your letters: the night train to Trieste" in tab.locator("[role=status]").inner_text()
    tab.context.close()


def walk(tab: playwright.Page, name: str) -> None:
    """Press Tab until what has the focus is called that; it can be seen to have it."""
    for _ in range(120):
        tab.keyboard.press("Tab")
        focused = tab.locator(":focus")
        if focused.count() and focused.evaluate("one => one.textContent.trim()") == name:
            ring = "one => getComputedStyle(one.closest('.card') || one).outlineStyle"
            assert focused.evaluate(ring) == "solid"
            return
    raise AssertionError(f"{name} is not reached")


def test_a_form_of_another_site_says_nothing_though_the_browser_is_let_in(
    browser: playwright.Browser, own_page: Served
) -> None:
    """The cookie is Strict, and whatever it were, the Origin tells."""
    tab = came_in(browser, own_page, DESK, "light")
    target = f"{own_page.url}{own_page.application('Juniper Data')}/mute"
    forged = tab.context.new_page()
    form = f'<form method="post" action="{target}"><button>Win</button></form>'
    forged.route("http://other.example/*", lambda route: route.fulfill(content_type="text/html", body=form))
    forged.goto("http://other.example/")
    with forged.expect_response(target) as answer:
        forged.get_by_role("button").click()
    assert answer.value.status == 403
    assert "Nothing yet" in own_page.get("/said").text
    tab.context.close()
