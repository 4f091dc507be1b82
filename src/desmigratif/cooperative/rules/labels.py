"""Words for codes that are stored as they are."""

from __future__ import annotations

DIED = "died"
LEFT_REASONS = {
    "own_wish": "Permintaan sendiri", "moved": "Pindah", DIED: "Meninggal", "expelled": "Diberhentikan",
}  # fmt: skip
