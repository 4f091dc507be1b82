"""Decisions about letters in plain Python: what is signed, what stands on paper, how both are checked.

Nothing in here knows Django, a database, a clock or the network. Keys, dates and lists come in as arguments.

    statement   the signed statement in a letter's QR, and the verdict of a check
    keys        whose signatures are believed, and which letters were taken back
    short_code  the code that people without a camera type
    letter_text the words and the page of a letter (PDF)
    pdf_signature  a signature inside the file, for an operator who has a certificate
    verify_pdf  a letter's file against its own signed statement
    copies      a photo or PDF of a paper, read by its content and written anew
"""
