"""Static files under names that carry their content, compressed once."""

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # untyped
    """gzip only: brotli would make the first start seven times longer for 5 % fewer bytes."""

    def create_compressor(self, **kwargs: object) -> Compressor:
        """Called by WhiteNoise once per collection."""
        return Compressor(**{**kwargs, "use_brotli": False})

    def stored_name(self, name: str) -> str:
        """The name with its hash; before the first collection the plain one, served as it lies."""
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name
