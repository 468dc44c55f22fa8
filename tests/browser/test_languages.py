"""A page speaks one language."""

import pytest

from orgpulse_pipelines.dashboard.render import words_of
from orgpulse_pipelines.dashboard.words.files import FOLDER, TRANSLATIONS, catalogue_path, read_catalogue
from orgpulse_pipelines.dashboard.words.sources import INTERFACE

TEXTS = """() => {
  const found = new Set(), walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent.closest("script, code, pre, [lang]:not(html)")) found.add(walker.currentNode.data.trim());
  }
  for (const one of document.querySelectorAll("[aria-label]")) found.add(one.ariaLabel);
  for (const one of document.querySelectorAll("optgroup")) found.add(one.label);
  return [...found];
}"""


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_no_page_says_in_english_what_its_language_says_otherwise(site, reader, language):
    catalogue = read_catalogue(catalogue_path(FOLDER, language, INTERFACE), language)
    english = {str(one.id) for one in catalogue if one.id and one.string and one.string != one.id}
    someone = reader()
    left = {}
    for path in [*site.examples.values(), "indicator/controls_attested.html"]:
        someone.open(path, language)
        someone.draw()
        left[path] = english & set(someone.page.evaluate(TEXTS))
        assert someone.page.locator("html").get_attribute("lang") == language
    assert {path: texts for path, texts in left.items() if texts} == {}
    assert words_of(language).text("Overview") in someone.texts("header nav a")
