"""An empty inbox, and a mapping for it."""

from pathlib import Path

import pytest

from orgpulse_platform.inbox.folder import InboxFolder

VISITORS = """\
name: visitors
description: Facilities.
contract: org.environment.facility_inventory.reported.v1
files: [visitors_*.csv]
time: {template: "2019-12-31"}
identity: [site]
fields:
  facility_id: site
  facility_name: name
  year: {constant: 2019}
"""


@pytest.fixture
def folder(tmp_path: Path) -> InboxFolder:
    root = tmp_path / "inbox"
    root.mkdir()
    return InboxFolder(root)


@pytest.fixture
def mappings(tmp_path: Path) -> Path:
    """A folder with the mapping `visitors`."""
    found = tmp_path / "mappings"
    found.mkdir()
    (found / "visitors.yaml").write_text(VISITORS)
    return found
