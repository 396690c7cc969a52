"""People with an account (เจ้าหน้าที่ and members of civil society): grants of roles, sign-in, sessions.

Terms: grant (สิทธิ), role (บทบาท), sign-in (เข้าสู่ระบบ). May import ``agencies``, ``audit``, ``outbox`` and below.
"""
