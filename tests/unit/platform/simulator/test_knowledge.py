"""The stories of the policy hub: launched on 1 April 2019, filled before, used from then on."""

from collections import Counter
from datetime import date

from orgpulse_schemas.families.knowledge.repository import (
    DocumentAssured,
    DocumentDownloaded,
    DocumentPublished,
    DocumentRegistered,
    RepositorySearched,
)
from orgpulse_schemas.families.knowledge.support import PolicySupportDelivered, PolicySupportRequested

LAUNCHED = date(2019, 4, 1)


def test_nobody_searches_or_downloads_before_the_policy_hub_is_launched(full):
    searches = [search.searched_on for search in full.payloads(RepositorySearched)]
    downloads = [download.downloaded_on for download in full.payloads(DocumentDownloaded)]

    assert min(searches) >= LAUNCHED
    assert min(downloads) > LAUNCHED
    assert min(document.published_on for document in full.payloads(DocumentPublished)) >= LAUNCHED
    assert min(document.registered_on for document in full.payloads(DocumentRegistered)) < LAUNCHED


def test_documents_are_registered_then_assured_then_made_public_then_downloaded(full):
    registered = {d.document_id: d.registered_on for d in full.payloads(DocumentRegistered)}
    assured = {d.document_id: d.assured_on for d in full.payloads(DocumentAssured)}
    published = {d.document_id: d.published_on for d in full.payloads(DocumentPublished)}

    assert all(registered[document] < day for document, day in assured.items())
    assert all(assured[document] < day for document, day in published.items())
    assert len(published) < len(assured) < len(registered)
    for download in full.payloads(DocumentDownloaded):
        assert published[download.document_id] < download.downloaded_on


def test_a_few_documents_are_downloaded_most(full):
    downloads = Counter(download.document_id for download in full.payloads(DocumentDownloaded))
    most_read = sum(number for _, number in downloads.most_common(len(downloads) // 10))

    assert most_read > 0.25 * sum(downloads.values())


def test_some_searches_find_nothing_more_often_in_arabic_than_in_english(full):
    searches = full.payloads(RepositorySearched)
    found_nothing = Counter(search.language for search in searches if search.results == 0)
    asked = Counter(search.language for search in searches)

    assert found_nothing["AR"] / asked["AR"] > found_nothing["EN"] / asked["EN"] > 0


def test_policy_support_is_delivered_on_time_late_or_not_yet(full):
    requests = {request.request_id: request for request in full.payloads(PolicySupportRequested)}
    delivered = {d.request_id: d.delivered_on for d in full.payloads(PolicySupportDelivered)}

    assert all(requests[request].requested_on < day for request, day in delivered.items())
    assert any(day > requests[request].due_on for request, day in delivered.items())
    assert any(day <= requests[request].due_on for request, day in delivered.items())
    assert len(delivered) < len(requests)


def test_names_are_typed_into_the_search_box_so_that_dropping_queries_matters(full):
    assert any("@" in search.query for search in full.payloads(RepositorySearched) if search.query)
    assert all(document.author_name != "" for document in full.payloads(DocumentRegistered))
