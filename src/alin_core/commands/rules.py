"""`alin rules`: the catalogue, or one rule of it."""

import json
from argparse import Namespace

from alin_core.exchange.unstructuring import plain_rule
from alin_core.law.catalogue import rule, rules
from alin_core.text.catalogue import catalogue
from alin_core.text.wording import Words

__all__ = ["run"]


def run(asked: Namespace) -> str:
    """Every rule on a line, or the whole entry of one."""
    if asked.id is None:
        if asked.json:
            return json.dumps([plain_rule(one) for one in rules()], ensure_ascii=False, indent=2)
        return catalogue(rules(), Words.of(asked.lang)).text()
    found = rule(asked.id)
    if asked.json:
        return json.dumps(plain_rule(found), ensure_ascii=False, indent=2)
    return found.explain(asked.lang)
