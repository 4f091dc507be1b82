"""The message that tells a member of a slip: what moved, when and under which code, and never a balance.

A telephone in a village is often shared; what is left in savings or owed on a loan is the member's own to show.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from desmigratif.people.rules import phones


@dataclass(frozen=True, slots=True)
class Notice:
    """The words, and the addresses that open them in WhatsApp or as an SMS; nothing is sent by opening one.

    `number`: E.164, or empty where none is known: then the person is chosen in the telephone's own list.
    """

    words: str
    number: str = ""

    @property
    def shown_number(self) -> str:
        return phones.display(self.number)

    @property
    def whatsapp(self) -> str:
        return f"{phones.whatsapp_link(self.number)}?text={quote(self.words)}"

    @property
    def sms(self) -> str:
        """RFC 5724, with the body that Android and iOS read."""
        return f"sms:{self.number}?body={quote(self.words)}"


def notice(words: str, phone: str) -> Notice:
    """Without a number when none can be meant by what was written down as the member's telephone."""
    try:
        return Notice(words, phones.normalise(phone))
    except ValueError:
        return Notice(words)
