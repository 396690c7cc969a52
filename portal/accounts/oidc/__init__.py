"""Signing in with an agency's own accounts by OpenID Connect (ระบบยืนยันตัวตนของหน่วยงาน). In words: ``docs/rules/oidc.md``."""
