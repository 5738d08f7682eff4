"""The taxonomy is one file that a user may replace; what is wrong in it is named with file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp_rotation.errors import ConfigError
from nlp_rotation.taxonomy import WEIGHTS, builtin_taxonomy, load_taxonomy

LEAF = '[flows]\nbbds = "Other"\n[flows.tides]\nmeans = "tides of money"\nsure = ["high tide"]\n'


def write(folder: Path, content: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(content, "utf-8")
    return path


def test_builtin_holds_the_ids_that_records_promise():
    ids = builtin_taxonomy().ids
    assert len(ids) == len(set(ids)) == 79
    assert {"monetary.rate_cut", "valuation.premium_narrowing", "none.no_explanation"} <= set(ids)


def test_every_leaf_says_what_it_means_and_has_words():
    assert all(leaf.means and leaf.cues for leaf in builtin_taxonomy().leaves)


def test_groups_roll_up_to_the_classes_of_baker_et_al():
    taxonomy = builtin_taxonomy()
    assert taxonomy.bbds_class("geopolitics.conflict") == "Sovereign Military & Security Actions"
    assert taxonomy.bbds_class("flows.expiry") == "Other Non-Policy"
    with pytest.raises(KeyError):
        taxonomy.bbds_class("astrology.moon")


def test_a_leaf_of_the_users_own_is_read_with_its_weights(tmp_path):
    taxonomy = load_taxonomy(write(tmp_path, LEAF))
    assert taxonomy.ids == ("flows.tides",)
    assert taxonomy.leaves[0].group == "flows"
    assert taxonomy.leaves[0].cues == (("high tide", WEIGHTS["sure"]),)


def test_version_follows_the_content(tmp_path):
    first = load_taxonomy(write(tmp_path, LEAF)).version
    assert load_taxonomy(write(tmp_path, LEAF)).version == first
    assert load_taxonomy(write(tmp_path, LEAF.replace("high", "low"))).version != first


@pytest.mark.parametrize(
    ("content", "named", "reason"),
    [
        ("", "no group", "an empty file is no taxonomy"),
        ("[flows", "cannot read", "not TOML"),
        ("flows = 3\n", "'flows'", "a group is a table"),
        ('[flows]\n[flows.tides]\nmeans = "x"\nsure = ["y"]\n', "flows.bbds", "the class is needed"),
        ('[flows]\nbbds = "Other"\n', "no leaf", "a group without leaves says nothing"),
        ('[flows]\nbbds = "Other"\ntides = "money"\n', "flows.tides", "a leaf is a table"),
        (LEAF.replace("means", "meaning"), "flows.tides.meaning", "a misspelt key is named"),
        (LEAF.replace('means = "tides of money"\n', ""), "flows.tides.means", "a missing key is named"),
        (LEAF.replace('sure = ["high tide"]\n', ""), "flows.tides.sure", "a leaf needs words"),
        (LEAF.replace('["high tide"]', '"high tide"'), "flows.tides.sure", "words come as a list"),
        (LEAF.replace('["high tide"]', '["  "]'), "flows.tides.sure", "a word is not blank"),
        (LEAF.replace('["high tide"]', "[3]"), "flows.tides.sure", "a word is text"),
    ],
)
def test_what_is_wrong_is_named_with_the_file(tmp_path, content, named, reason):
    with pytest.raises(ConfigError) as caught:
        load_taxonomy(write(tmp_path, content))
    assert named in str(caught.value), reason
    assert "mine.toml" in str(caught.value)


def test_a_missing_file_is_a_config_error(tmp_path):
    with pytest.raises(ConfigError, match=r"gone\.toml"):
        load_taxonomy(tmp_path / "gone.toml")
