"""What a lower storey asks of the ones above without knowing them.

An app that can answer says so on its AppConfig, by the dotted path of a function ::

    answers = {"open arrears": "dues.arrears.find_arrears"}

and whoever needs the answer asks by the question's name. What happened is told the same way: the
answer to "waiver decided" is to carry it out, in the transaction of whoever asks.
"""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string


def answerers(question: str) -> list[Callable[..., Any]]:
    """The functions that answer a question, in the order of the installed apps."""
    paths = [getattr(config, "answers", {}).get(question) for config in apps.get_app_configs()]
    return [import_string(path) for path in paths if path]


def ask(question: str, *args: object, **kwargs: object) -> list[Any]:
    """Every app's answer; empty when nobody can say."""
    return [answer(*args, **kwargs) for answer in answerers(question)]
