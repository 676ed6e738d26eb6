"""`manage.py prepare`: what must be done once before several processes serve."""

from django.core.management.base import BaseCommand

from wego import startup


class Command(BaseCommand):
    """Tables, guards, demonstration, static files: whatever is missing."""

    # It looks itself, first thing, and says in one sentence what to mend.
    requires_system_checks = ()

    help = "Migrate, load the demonstration if wished, collect static files; then stop."

    def handle(self, *_args: object, **_options: object) -> None:
        """Run it again at any time: what is done is found done."""
        startup.prepare(self.stdout.write)
