"""The programme in the demo: villages, candidates, bodies that help, what is aimed at."""
