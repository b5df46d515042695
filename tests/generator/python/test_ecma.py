"""What patterns mean is what they mean to an engine of ECMA-262: node's, where there is one."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess

import pytest
from jsonschema_rs import Draft202012Validator
from pydantic_core import SchemaValidator, ValidationError, core_schema

from generator.python import ecma, pattern

SEEDS = (1, 2, 3)
ENGINE = """
for (const line of require("fs").readFileSync(0, "utf8").split("\\n").filter(Boolean)) {
  const [pattern, texts] = JSON.parse(line);
  let made = null, flag = "u";
  try { made = new RegExp(pattern, "u"); } catch {
    try { made = new RegExp(pattern); flag = ""; } catch {}
  }
  console.log(JSON.stringify(made && [flag, texts.map((text) => made.test(text))]));
}
"""


def words(text: str) -> list[str]:
    return text.split()


ATOMS = words(r"""
a b c a b \d \D \w \W \s \S . [a-c] [^a] [] [^] [\w-] [\d-a] [^\s] [\S] [^\D] [\D\s] [&&a] [~~|||^] [^^] [a[] [-a]
[a\-] [\b] [--a] \/ \- / - \. \cJ \x41 \u00e9 \u{1F600} \uD83D\uDE00 [\uD83D\uDE00] \n \r \0 \ufeff \u2028 ^ $ \b
\B \p{L} \P{L} \p{Script=Greek} [\p{L}\d] [^\p{L}\s] [\P{Lu}_] a{,3} a{ } ] \1 \1 \2 \k<n> \_ #
""")
COUNTS = [*[""] * 12, "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,1}", "{0}", "{2,}", "{1,}?"]
OPENINGS = ["(", "(", "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?<n>"]
LETTERS = "aaabbbcA1_-é\U0001f600\u03b1\u03a9 \n\r\u2028\ufeff\x85\x1c٣/.&~|^[]{},3\0\b#"


def made(chance: random.Random, depth: int) -> str:
    """A random pattern, or something like one."""

    def atom() -> str:
        if depth and chance.random() < 0.35:
            return f"{chance.choice(OPENINGS)}{made(chance, depth - 1)})"
        return chance.choice(ATOMS)

    def row() -> str:
        return "".join(atom() + chance.choice(COUNTS) for _ in range(chance.choice([0, 1, 1, 2, 2, 3])))

    return "|".join(row() for _ in range(chance.choice([1, 1, 1, 2, 3])))


def by_pydantic(read: str, text: str) -> bool:
    try:
        SchemaValidator(core_schema.str_schema(pattern=read)).validate_python(text)
    except ValidationError:
        return False
    return True


def by_python(read: str, text: str) -> bool:
    return re.search(read, text) is not None


def by_validator(read: str, text: str) -> bool:
    return Draft202012Validator({"pattern": read}).is_valid(text)


ENGINES = ((pattern.portable, by_pydantic), (pattern.pythonic, by_python), (pattern.rich, by_validator))


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_patterns_mean_what_they_mean_to_an_engine_of_ecma_262(seed: int) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("the program node is missing: it is the engine to compare with")
    chance = random.Random(seed)  # noqa: S311 - patterns, no secrets
    cases = [
        (
            chance.choice(["", "^"]) + made(chance, 3) + chance.choice(["", "$"]),
            ["".join(chance.choices(LETTERS, k=chance.choice([0, 1, 1, 2, 3, 4, 6]))) for _ in range(10)],
        )
        for _ in range(4000)
    ]
    run = subprocess.run(
        [node, "-e", ENGINE],
        input="\n".join(json.dumps(case) for case in cases),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    compared = 0
    for (source, texts), line in zip(cases, run.stdout.splitlines(), strict=True):
        said = json.loads(line)
        if said is None:
            continue  # what neither of its grammars takes; ours takes what is of both
        flag, expected = said
        if flag:
            ecma.parse(source)  # which raises nothing
        elif re.search(r"\\[pPk]|\\u\{|\\uD83D", source):
            continue  # those are letters to the older grammar
        asked = [place for place, text in enumerate(texts) if flag or "\U0001f600" not in text]
        for read, holds in ENGINES:
            if holds is by_validator and source.count("(?<") > 1:
                continue  # the engine of jsonschema-rs has a fault where looks back are in looks back
            translated = read(source)
            if translated is not None:
                found = [holds(translated, texts[place]) for place in asked]
                assert found == [expected[place] for place in asked], (source, translated, texts)
                compared += len(found)
    assert compared > 50_000
