"""Second factors (ปัจจัยยืนยันตัวตนที่สอง): what a person has besides the password, and showing it.

Terms: app (แอปยืนยันตัวตน, TOTP), passkey (พาสคีย์, WebAuthn), recovery code (รหัสกู้คืน), waiting sign-in (the time between password and second
step), challenge (what a passkey signs). The rules in words: ``docs/rules/sign-in.md``.
"""
