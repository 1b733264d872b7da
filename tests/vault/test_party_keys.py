"""One form for each address and number, where that is certain; as written everywhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault_app.vault.party_keys import LONGEST, card_keys, email, key_of, national, phone


@pytest.mark.parametrize(
    ("written", "one_form"),
    [
        ("lucette@example.org", "lucette@example.org"),
        (" <Lucette@EXAMPLE.org> ", "Lucette@example.org"),
        ("mailto:lucette@example.org.", "lucette@example.org"),
        ("Lu.Cette+achats@Gmail.com", "lucette@gmail.com"),
        ("lucette@googlemail.com", "lucette@gmail.com"),
        ("Lu.Cette@orange.fr", "lu.cette@orange.fr"),
        ("lu.cette+x@example.org", "lu.cette+x@example.org"),
        ("prénom@exemple.fr", "prénom@exemple.fr"),
    ],
)
def test_an_address_has_one_form_by_what_its_host_says_itself(written, one_form):
    assert email(written) == one_form
    assert email(one_form) == one_form


@pytest.mark.parametrize(
    "written",
    ["lucette", "@example.org", "a b@example.org", "a@b", "a@b@c.org", "lu\u202ecette@example.org", "a:b@c.org"],
)
def test_what_is_no_address_or_hides_characters_is_none(written):
    assert email(written) == ""
    assert key_of("mail", "", "email", written) == f"mail:email:{written}"


@pytest.mark.parametrize(
    ("written", "french", "full"),
    [
        ("+33 6 00 00 00 01", False, "+33600000001"),
        ("tel:+33-6-00-00-00-01", False, "+33600000001"),
        ("+33 (0)6 00 00 00 01", False, "+33600000001"),
        ("+33 06 00 00 00 01", False, "+33600000001"),
        ("06 00 00 00 01", True, "+33600000001"),
        ("06 00 00 00 01", False, ""),
        ("0033 6 00 00 00 01", True, "+33600000001"),
        ("0033 6 00 00 00 01", False, ""),
        ("+1 (202) 555-0100", False, "+12025550100"),
        ("3620", True, ""),
        ("+33", True, ""),
        ("٠٦٠٠٠٠٠٠٠١", True, ""),
        ("+33600000001,12", True, ""),
    ],
)
def test_a_number_is_full_with_its_country_or_when_a_french_source_writes_it(written, french, full):
    assert phone(written, french=french) == full


def test_a_national_number_is_its_sources_own_but_for_french_sources():
    assert key_of("facebook", "", "phone", "06 00 00 00 01") == "facebook:phone:0600000001"
    assert key_of("orange", "", "phone", "06 00 00 00 01") == "phone:+33600000001"
    assert national("facebook:phone:0600000001") == national("phone:+33600000001") == "600000001"
    assert national("facebook:phone:3620") == national("phone:+12025550100") == national("email:a@b.fr") == ""


def test_names_and_users_are_each_sources_own():
    assert key_of("facebook", " Marie \n Martin", "", "") == "facebook:name:Marie Martin"
    assert key_of("facebook", "Ame\u0301lie", "", "") == key_of("facebook", "Amélie", "", "")
    assert key_of("instagram", "Marie", "user", "marie.m") == "instagram:user:marie.m"
    assert key_of("snapchat", "", "user", "marie@example.org") == "snapchat:user:marie@example.org"


def test_a_user_at_a_host_is_the_same_everywhere():
    assert key_of("mastodon", "", "user", "Marie@Social.example") == "account:marie@social.example"
    assert key_of("contacts", "", "user", "@marie@social.example") == "account:marie@social.example"


def test_a_card_names_its_handles_together_but_not_the_page_of_a_company():
    handles = [("email", "Marie@Gmail.com"), ("phone", "+33600000001"), ("url", "https://entreprise.example")]
    assert card_keys("contacts", "Marie", handles) == ["email:marie@gmail.com", "phone:+33600000001"]
    assert card_keys("contacts", "Marie", handles[2:]) == ["contacts:name:Marie"]
    profile = [("url", "https://www.linkedin.com/in/marie")]
    assert card_keys("linkedin", "Marie", profile) == ["linkedin:url:https://www.linkedin.com/in/marie"]
    assert card_keys("contacts", " ", []) == []


def test_a_long_value_has_a_short_key_of_its_own():
    one, other = key_of("x", "a" * 4096, "", ""), key_of("x", "a" * 4095, "", "")
    assert one != other
    assert len(one) < LONGEST


@given(st.text(), st.sampled_from(["email", "phone", "user", "url", "id", "meter"]), st.text())
def test_any_text_has_a_key_and_keys_of_one_source_never_look_like_those_of_all(name, type_, value):
    key = key_of("source", name, type_, value)
    assert key.startswith(("email:", "phone:+", "account:", "source:"))
    assert key.count(":") == 1 or key.startswith("source:")
    assert len(key) <= LONGEST + 80


@given(st.text(alphabet="aB.+@-_é \u202e1", max_size=30))
def test_the_one_form_of_an_address_is_its_own_one_form(text):
    found = email(text)
    assert email(found) == found
