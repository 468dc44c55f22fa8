"""Which tables events of a contract feed: what the models say, of whatever event of it.

Whether a row of theirs comes from one certain event is not known here: a model may leave an event out, or
count it among others. Tables about people are among them, which are never published.
"""

from orgpulse_pipelines.modelling.model import load_models
from orgpulse_pipelines.staging.versions import staging_table
from orgpulse_pipelines.tracing.trace import FedTable
from orgpulse_schemas.registry import all_contracts


def tables_fed_by(contract: str) -> list[FedTable]:
    """The landing and staging table of a contract, then the models behind them in the order of a build.

    ``contract`` is a contract's name; there are none for one that the installed version does not know.
    """
    about = next((one for one in all_contracts().values() if one.name == contract), None)
    if about is None:
        return []
    staged = staging_table(about)
    fed = [FedTable(f"landing.{about.name}", published=False), FedTable(staged, published=False)]
    reached = {staged}
    for model in load_models():
        if model.depends_on & reached:
            reached.add(model.name)
            people = model.metadata.people
            fed.append(FedTable(model.name, published=not people, people=people))
    return fed
