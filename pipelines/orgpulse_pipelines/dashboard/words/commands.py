"""``orgpulse dashboard words``: the catalogues of translations, brought up to date."""


def words() -> None:
    """Bring the catalogues of translations up to date with what pages and definitions say in English.

    For a checkout of the code: it names the catalogues that changed, which then wait for a translator.
    """
    from orgpulse_pipelines.dashboard.words.update import update_catalogues
    from orgpulse_platform.cli.console import people, results

    changed = update_catalogues()
    for path in changed:
        results.print(f"{path.parent.name}/{path.name}")
    if not changed:
        people.print("Every catalogue is up to date.")
