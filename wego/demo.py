"""The people of the demonstration, one per role; they exist only where the demo was loaded."""

PASSWORD = "wego-demo-2020"  # noqa: S105 - printed on every start, refused where it matters
LOGINS = (
    ("secretariat@wego.example", "secretariat"),
    ("finance@wego.example", "finance"),
    ("admin@wego.example", "administrator"),
    ("kathmandu@wego.example", "member city Kathmandu"),
)
