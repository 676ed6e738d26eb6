"""The public application: pages for people without an account, opened by a private link."""
