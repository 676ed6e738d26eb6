"""Tags and filters of the design system; `static/README.md` is their catalogue."""
