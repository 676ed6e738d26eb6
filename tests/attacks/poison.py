"""A text of an attacker's into every text of every row, past the forms and the guards.

Whatever a form would have refused stands here too: an old row, a restored backup and a person with
a database at hand are no better than a form that forgot to look.
"""

import re

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from wego import guards

HOUSE = ("members", "dues", "events", "wego", "account")
# What the house wrote itself and reads back: a digest, an address in the store, a code of a list.
OWN_WORDS = re.compile(
    r"(\w+_)?(sha256|hash|digest|path|key|nonce|currency|language|country_code|content_type|kind"
    r"|file|format|password|key|caller|renderer|status|majority|mark|code|commitment|act|subject"
    r"|waits_for|level|confidence|shown|amount)"
)
# The mail's subject is of a person; an audit entry's is a row.
PERSONS_WORDS = {("Mail", "subject"), ("MailWording", "subject")}
# In JSON: days, numbers, codes and words of the house stay.
OWN_LEAF = re.compile(r"[a-z0-9_.:/ -]*|[A-Z]{2,3}|[\d.,:TZ+-]+|WEGO.*|[\w-]{20,}")


def text_columns(model):
    """The columns of a model in which somebody's words stand."""
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField)
        if not is_text or field.choices or field.primary_key or field.unique:
            continue
        is_own = OWN_WORDS.fullmatch(field.name)
        if not is_own or (model.__name__, field.name) in PERSONS_WORDS:
            yield field


def poison(make):
    """Put `make(column, room)` into every text; returns {column: number of rows}."""
    for guard in guards.declared():
        guards.run_statements(connection, guard.remove(connection.vendor))
    done = {}
    for model in apps.get_models():
        if model._meta.app_label in HOUSE and model._meta.managed and not model._meta.proxy:
            done |= poison_texts(model, make)
            done |= poison_facts(model, make)
    guards.install()
    return {column: rows for column, rows in done.items() if rows}


def poison_texts(model, make):
    done = {}
    for field in text_columns(model):
        column = f"{model.__name__}.{field.name}"
        text = make(column, field.max_length or 0)
        try:
            with transaction.atomic():
                done[column] = model._base_manager.update(**{field.name: text})
        except IntegrityError:
            # A rule of the database has a say here: these rows differ, or are empty.
            done[column] = 0
    return done


def poison_facts(model, make):
    """The same for what stands in JSON: snapshots, facts of mails, answers."""
    done = {}
    for field in model._meta.concrete_fields:
        if not isinstance(field, models.JSONField):
            continue
        column = f"{model.__name__}.{field.name}"
        done[column] = 0
        for row in model._base_manager.only("pk", field.name):
            was = getattr(row, field.name)
            now = poison_leaves(was, make(column, 0))
            if now != was:
                done[column] += model._base_manager.filter(pk=row.pk).update(**{field.name: now})
    return done


def poison_leaves(value, text):
    if isinstance(value, dict):
        return {key: poison_leaves(each, text) for key, each in value.items()}
    if isinstance(value, list):
        return [poison_leaves(each, text) for each in value]
    return text if isinstance(value, str) and not OWN_LEAF.fullmatch(value) else value
