"""The vocabulary is looked up once for a page, and anew for the next one."""

from __future__ import annotations

import pytest

from facts.names import names, one_page


@pytest.mark.django_db
def test_a_page_asks_once_however_many_rows_it_has(django_assert_max_num_queries):
    with one_page():
        first = names()
        with django_assert_max_num_queries(0):
            assert all(names() is first for _row in range(12))


@pytest.mark.django_db
def test_a_page_that_failed_leaves_nothing_to_the_next():
    with pytest.raises(ZeroDivisionError), one_page():
        names()
        _ = 1 / 0
    with one_page():
        assert names().families is not None


@pytest.mark.django_db
def test_pages_within_pages_have_vocabularies_of_their_own():
    with one_page():
        outer = names()
        with one_page():
            names()
        assert names() is outer
