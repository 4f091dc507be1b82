"""Words for codes that are stored as they are."""

from __future__ import annotations

LEFT_REASONS = {
    "own_wish": "Permintaan sendiri", "moved": "Pindah", "died": "Meninggal", "expelled": "Diberhentikan",
}  # fmt: skip
