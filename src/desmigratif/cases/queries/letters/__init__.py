"""Reading letters: what waits for the head, for the regency, for the village's stamp."""
