"""Somebody at the desk who reads pages, taps and types; what it costs is counted.

`screens` pages that were looked at, `submits` forms that were sent, `taps` choices, `typed` what was typed, letter by
letter. What the page has filled in already costs nothing; a way to a page is a link on the page before it, or the
search box. Whoever would need JavaScript is not the robot.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.test import Client

TYPED = {"text", "search", "number", "date", "time", "tel", "email", "textarea", ""}
TAPPED = {"radio", "checkbox"}
ELSEWHERE = {"q", "next", "password"}  # forms that stand on every page: search, lock
NO_ANSWER = {"submit", "button", "reset", "image"}


class Lost(AssertionError):
    """The page has no such link, form or field; or it refused what was sent."""


@dataclass
class Field:
    name: str
    kind: str
    value: str = ""
    checked: bool = False
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    def names(self) -> set[str]:
        return {one.name for one in self.fields}

    def first_button(self) -> str:
        """What a browser sends along when somebody presses Enter."""
        return next((f"{one.name}={one.value}" for one in self.fields if one.kind == "submit"), "")


class Sheet(HTMLParser):
    """Forms, links and words of a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.menu: list[tuple[str, str]] = []
        self.errors: list[str] = []
        self._form: Form | None = None
        self._select: Field | None = None
        self._area: Field | None = None
        self._href, self._aside = "", 0
        self._words: list[str] = []
        self._error = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        self._aside += tag in ("nav", "header", "footer")
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
        elif tag == "a" and "href" in given:
            self._href, self._words = given["href"], []
        elif tag in ("input", "select", "textarea", "button") and self._form is not None and given.get("name"):
            self._field(tag, given)
        elif tag == "option" and self._select is not None:
            self._select.options.append(given.get("value", ""))
            if "selected" in given or len(self._select.options) == 1:
                self._select.value = given.get("value", "")
        self._error = self._error or "error" in given.get("class", "") or given.get("role") == "alert"

    def _field(self, tag: str, given: dict[str, str]) -> None:
        usual = "submit" if tag == "button" else "text"
        kind = given.get("type", usual) if tag in ("input", "button") else tag
        one = Field(given["name"], kind, given.get("value", "on" if kind in TAPPED else ""), "checked" in given)
        assert self._form is not None
        self._form.fields.append(one)
        self._select = one if tag == "select" else self._select
        self._area = one if tag == "textarea" else self._area

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None
        elif tag in ("nav", "header", "footer"):
            self._aside -= 1
        elif tag == "a" and self._href:
            found = " ".join(" ".join(self._words).split()), self._href
            (self.menu if self._aside else self.links).append(found)
            self._href = ""

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.value += data.removeprefix("\n") if not self._area.value else data
        self._words.append(data)
        if self._error and data.strip():
            self.errors.append(data.strip())
            self._error = False


class Robot:
    def __init__(self, client: Client) -> None:
        self.client = client
        self.screens = self.submits = self.taps = 0
        self.typed: list[tuple[str, str]] = []
        self.path = "/"

    # --- looking ---

    def open(self, path: str) -> None:
        """Where a task begins, and where its page is kept open already."""
        self._look(self.client.get(path, follow=True), path)

    def follow(self, words: str) -> None:
        """Tap the link that says this (or whose address ends so)."""
        for said, href in (*self.sheet.links, *self.sheet.menu):
            if words.lower() in said.lower() or href.split("?")[0].endswith(words):
                self.open(urljoin(self.path, href))
                return
        raise Lost(f"no link {words!r} on {self.path}: {self.sheet.links}")

    def _look(self, answer: Any, path: str) -> None:
        if answer.status_code != 200:
            raise Lost(f"{path}: {answer.status_code}")
        chain = getattr(answer, "redirect_chain", [])
        self.path = chain[-1][0] if chain else path
        self.screens += 1
        self.text = answer.content.decode()
        self.sheet = Sheet(self.text)

    # --- answering ---

    def send(self, answers: dict[str, Any] | None = None, *, button: str = "") -> None:
        """Fill in a form of the page, the first that asks all this, and send it; "deposit:*" is the choice that begins
        so. Raises `Lost` when it is refused."""
        answers = answers or {}
        form = next(
            (one for one in self.sheet.forms if answers.keys() <= one.names() and self._fits(one, button)), None
        )
        if form is None:
            asked = [sorted(one.names()) for one in self.sheet.forms]
            raise Lost(f"no form with {sorted(answers)} on {self.path}: {asked}")
        data = self.standing(form)
        for name, value in answers.items():
            self._answer(form, name, value, data)
        name, _, value = (button or form.first_button()).partition("=")
        if name:
            data[name] = [value]
        self.submits += 1
        before = self.path
        target = urljoin(self.path, form.action) if form.action else self.path
        send = self.client.post if form.method == "post" else self.client.get
        self._look(send(target, data, follow=True), target)
        if form.method == "post" and self.path.split("?")[0] == before.split("?")[0] and self.sheet.errors:
            raise Lost(f"{self.path} refused: {self.sheet.errors}")

    def _fits(self, form: Form, button: str) -> bool:
        name, _, value = button.partition("=")
        here = any(one.name == name and one.value == value for one in form.fields)
        return here if button else bool(form.names() - {"csrfmiddlewaretoken"}) and not form.names() & ELSEWHERE

    @staticmethod
    def standing(form: Form) -> dict[str, list[str]]:
        data: dict[str, list[str]] = {}
        for one in form.fields:
            if one.kind in NO_ANSWER or one.kind == "file" or (one.kind in TAPPED and not one.checked):
                continue
            data.setdefault(one.name, []).append(one.value)
        return data

    def _answer(self, form: Form, name: str, value: Any, data: dict[str, list[str]]) -> None:
        fields = [one for one in form.fields if one.name == name]
        kind, values = fields[0].kind, [str(one) for one in (value if isinstance(value, list) else [value])]
        if kind in TYPED:
            if data.get(name) != values:
                self.typed.append((name, values[0]))
        else:
            known = {one.value for one in fields} | set(fields[0].options)
            values = [next((one for one in sorted(known) if one.startswith(v[:-1])), v) if v.endswith("*") else v
                      for v in values]  # fmt: skip
            if not set(values) <= known:
                raise Lost(f"{name} on {self.path} has no answer {values}: {sorted(known)}")
            self.taps += len(values)
        data[name] = values

    def search(self, words: str) -> None:
        """Type into the search box that stands on every page."""
        form = next(one for one in self.sheet.forms if "q" in one.names())
        self.typed.append(("q", words))
        self.submits += 1
        self._look(self.client.get(urljoin(self.path, form.action), {"q": words}, follow=True), form.action)

    # --- what it cost ---

    @property
    def letters(self) -> int:
        return sum(len(value) for _, value in self.typed)

    def typed_twice(self) -> list[str]:
        """What was typed in more than one place: a fact that the program knew already."""
        values = [value.strip().lower() for _, value in self.typed if len(value.strip()) > 2]
        return sorted({value for value in values if values.count(value) > 1})
