"""Scorecards as files for those who read on paper."""

import re

import pytest

from orgpulse_pipelines.dashboard.scorecards.report import write_reports
from orgpulse_pipelines.publication.read import open_published


@pytest.mark.usefixtures("executable")
@pytest.mark.parametrize(("region", "language"), [("organisation", "fr"), ("africa", "en")])
def test_a_scorecard_is_printed_on_pages_of_a4(site, tmp_path, region, language):
    with open_published(site.settings) as connection:
        (printed,) = write_reports(connection, tmp_path, region, language)
    content = printed.read_bytes()
    assert content.startswith(b"%PDF-")
    sizes = re.findall(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", content)
    assert {(round(float(width)), round(float(height))) for width, height in sizes} == {(595, 842)}
    assert sorted(path.suffix for path in tmp_path.glob("scorecard-*")) == [".html", ".pdf"]
