"""The migration policy repository: documents and their use."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.knowledge.family import KNOWLEDGE
from orgpulse_schemas.fields import Date, Documents, FreeText, FullName, Language, RecordId, Region


@KNOWLEDGE.contract(
    "org.knowledge.document.registered.v1",
    system="PU-3",
    key="document_id",
    purpose="Know what the repository holds.",
    data_subjects="authors",
)
class DocumentRegistered(Contract):
    """A document was registered in the migration policy repository."""

    document_id: RecordId
    """Number of the document."""
    kind: Literal["policy_brief", "guideline", "research", "lesson", "template"]
    """What it is."""
    language: Language
    """Language of the document."""
    author_name: FullName | None = None
    """Name of the author."""
    registered_on: Date
    """Day of registration."""


@KNOWLEDGE.contract(
    "org.knowledge.document.assured.v1",
    system="PU-3",
    key="document_id",
    purpose="Measure how much of the repository is quality-assured.",
)
class DocumentAssured(Contract):
    """A document passed quality assurance."""

    document_id: RecordId
    """Number of the document."""
    assured_on: Date
    """Day of the assurance."""


@KNOWLEDGE.contract(
    "org.knowledge.document.published.v1",
    system="PU-3",
    key="document_id",
    purpose="Measure how much of the repository is public.",
)
class DocumentPublished(Contract):
    """A document was made public."""

    document_id: RecordId
    """Number of the document."""
    published_on: Date
    """Day of publication."""


@KNOWLEDGE.contract(
    "org.knowledge.repository.searched.v1",
    system="PU-3",
    key="search_id",
    purpose="Measure use of the repository, and what is looked for in vain.",
    data_subjects="users of the repository",
)
class RepositorySearched(Contract):
    """Somebody searched the repository; who it was is not asked for."""

    search_id: RecordId
    """Number of the search."""
    language: Language
    """Language of the interface."""
    query: FreeText | None = None
    """What was typed."""
    results: Documents
    """Number of documents found."""
    searched_on: Date
    """Day of the search."""


@KNOWLEDGE.contract(
    "org.knowledge.document.downloaded.v1",
    system="PU-3",
    key="document_id",
    purpose="Measure use of the repository.",
)
class DocumentDownloaded(Contract):
    """A document was downloaded; by whom is not asked for."""

    download_id: RecordId
    """Number of the download."""
    document_id: RecordId
    """The document."""
    region: Region | None = None
    """Region from which it was downloaded, if known."""
    downloaded_on: Date
    """Day of the download."""
