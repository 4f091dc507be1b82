"""Reading what an offer leads to: lawful vacancies, countries, recruiters."""
