"""Words for codes that are stored as they are."""

from __future__ import annotations

DIED = "died"
UNLOCK_EVENTS = {
    "school": "Biaya sekolah", "qurban": "Kurban", "homecoming": "Mudik atau kepulangan", "illness": "Sakit",
    "other": "Keperluan lain",
}  # fmt: skip
LEFT_REASONS = {
    "own_wish": "Permintaan sendiri", "moved": "Pindah", DIED: "Meninggal", "expelled": "Diberhentikan",
}  # fmt: skip
