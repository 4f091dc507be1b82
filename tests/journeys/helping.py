"""What several walks do with a page."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


def answer(page: Page, path: str, value: str) -> None:
    """One answer of a form, by its dotted path: a tap, a choice or a text; what is folded away is opened first."""
    name = path.replace(".", "__")
    fields = page.locator(f"[name={name}]")
    fold = page.locator("details.fold:not([open])", has=fields)
    if fold.count():
        fold.locator("summary").click()
    if fields.first.evaluate("e => e.tagName") == "SELECT":
        fields.first.select_option(value)
    elif fields.first.get_attribute("type") in {"radio", "checkbox"}:
        page.locator(f"label:has([name={name}][value='{value}'])").click()
    else:
        fields.first.fill(value)


def turn_page(page: Page, wanted: Locator) -> None:
    """Click what leads to another page, and wait until that page is there: what is read next is read on it."""
    with page.expect_navigation(wait_until="domcontentloaded"):
        wanted.click()


def tap(page: Page, wanted: Locator) -> None:
    """Turn the page by the first of these; what folds it away is opened first."""
    fold = page.locator("details:not([open])", has=wanted.first)
    if fold.count():
        fold.first.locator("summary").first.click()
    turn_page(page, wanted.first)
