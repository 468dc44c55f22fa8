"""``orgpulse docs``: the reference under ``docs/reference``, written from the code.

A room contributes pages by an entry point of the group ``orgpulse.reference_pages``: a function without
arguments that returns :class:`~orgpulse_platform.reference_pages.page.Page` objects. Pages tell what holds
for everybody who has this version: no settings of a machine, no time, no version of a package.
"""
