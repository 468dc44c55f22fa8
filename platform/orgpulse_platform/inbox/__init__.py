"""File drop: files that are put into a folder are published, and end in ``done/`` or ``failed/``.

The way of a file: ``arrivals`` (is it whole?) → ``processing/`` → ``catalogue`` (which mapping?) → the
mapping engine → ``report_files`` → ``done/`` or ``failed/``. A crash anywhere leaves the file in
``processing/``, from where it is taken again; identities of events are made from the rows, so that nothing
counts twice.

No log names a file, since its name may hold the name of a person: the first digits of the SHA-256 of its
content stand for it.
"""
