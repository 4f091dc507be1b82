"""People at work over HTTP until the server dies: two phones, a desk that writes letters, a desk that imports."""

from __future__ import annotations

import http.client
import json
import secrets
import threading
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from reliability.wishes import KENANGA, KURIPAN, Ack, Import, Issue, Push, Revoke, Unexpected, Wish, sheet

PATIENCE = 120.0  # seconds; a server that died hangs up at once
WHO = ("hp-1", "hp-2", "meja", "impor")
_HUNG_UP = (OSError, http.client.HTTPException, json.JSONDecodeError)  # also within an answer
TOKEN = secrets.token_hex(16)
FORM = "application/x-www-form-urlencoded"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass
class People:
    """Everybody's wishes over many lives of the server. A wish without an answer is asked again in the next life."""

    world: dict[str, Any]
    acked: list[Ack] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    asked_again: int = 0
    imports: int = 0
    standing: str = ""
    open_wishes: dict[str, Wish] = field(default_factory=dict)
    first_answer: threading.Event = field(default_factory=threading.Event)

    def work(self, port: int) -> list[threading.Thread]:
        """Start everybody; they end when the server does."""
        self.first_answer.clear()
        threads = [
            threading.Thread(target=self._until_it_dies, args=(who, port)) for who in ("hp-1", "hp-2", "meja", "impor")
        ]
        for thread in threads:
            thread.start()
        return threads

    def _until_it_dies(self, who: str, port: int) -> None:
        try:
            while True:
                if who in self.open_wishes:
                    self.asked_again += 1
                wish = self.open_wishes.setdefault(who, self._next(who))
                acks = ask(port, wish)
                self.acked += acks
                self.first_answer.set()
                self._settled(who, wish)
        except _HUNG_UP:
            pass
        except Unexpected as problem:
            self.trouble.append(f"{who}: {problem}")

    def _next(self, who: str) -> Wish:
        session = self.world["sessions"][KURIPAN]
        if who.startswith("hp"):
            return Push(session, 1 + secrets.randbelow(3))
        if who == "meja":
            return Revoke(session, self.standing) if self.standing else Issue(session, self.world["case"])
        self.imports += 1
        return Import(self.world["sessions"][KENANGA], sheet(KENANGA, 10 + 6 * self.imports, 5))

    def _settled(self, who: str, wish: Wish) -> None:
        del self.open_wishes[who]
        if who == "meja":
            self.standing = wish.letter if isinstance(wish, Issue) else ""


def ask(port: int, wish: Wish) -> list[Ack]:
    """One wish over HTTP. Raises `Unexpected`, and `OSError` or `HTTPException` when the server is gone."""
    if isinstance(wish, Push):
        status, _, content = _send(port, wish.session, "/sync/v1/push", wish.body().encode(), "application/json")
        return wish.done(status, content)
    if isinstance(wish, Import):
        return _import(port, wish)
    form = urlencode(wish.fields()).encode()
    status, location, _ = _send(port, wish.session, wish.path, form, FORM)
    return wish.done(status, location)


def _import(port: int, wish: Import) -> list[Ack]:
    """Upload, confirm, look. Whoever uploaded before the server died goes on with the page they see."""
    if not wish.page:
        body, kind = _as_upload(wish.content)
        status, page, _ = _send(port, wish.session, "/warga/impor/", body, kind)
        if status != 302:
            raise Unexpected(f"upload {status}")
        wish.page = page
    _send(port, wish.session, wish.page, b"", FORM)
    _, _, content = _send(port, wish.session, wish.page)
    return wish.done(wish.page, content)


def _send(port: int, session: str, path: str, body: bytes | None = None, kind: str = "") -> tuple[int, str, bytes]:
    """Status, location and body. Without a body it is a GET."""
    headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN, "Host": f"localhost:{port}"}
    if kind:
        headers["Content-Type"] = kind
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        line.request("GET" if body is None else "POST", path, body, headers)
        answer = line.getresponse()
        content = answer.read()
        if answer.getheader("Content-Length") is None:
            raise http.client.HTTPException("cut off within its head")
        if answer.status >= 500:
            raise Unexpected(f"{path} {answer.status}")
        return answer.status, answer.getheader("Location", ""), content
    finally:
        line.close()


def _as_upload(content: bytes) -> tuple[bytes, str]:
    mark = secrets.token_hex(16)
    place = 'Content-Disposition: form-data; name="sheet"; filename="desa.xlsx"'
    head = f"--{mark}\r\n{place}\r\nContent-Type: {SHEET}\r\n\r\n"
    return head.encode() + content + f"\r\n--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"
