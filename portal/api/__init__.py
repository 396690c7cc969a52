"""JSON for programs, ``/api/v1`` (เอพีไอ): the same services as the pages, described by OpenAPI 3.1 at ``/api/v1/openapi.json``.

Terms: submission (เรื่องที่ส่ง), receipt code (รหัสติดตามเรื่อง), problem (คำตอบเมื่อผิดพลาด, RFC 9457), cursor (ตำแหน่งหน้าถัดไป).

Anonymous: no cookie is read or set. What everybody may read can be fetched from any site; writing answers only to a program or to our
own pages. Thai unless ``?language=en``. Why it is as it is: ``docs/decisions/006-api.md``. May import ``casework``, ``disclosures``,
``agencies``, ``files``, ``web`` and below; registered by ``portal.api.app.init_api``.
"""
