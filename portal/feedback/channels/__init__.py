"""The register of an agency's channels (ทะเบียนช่องทางรับฟัง): how to reach it, who collects what comes, and the figures of each channel.

Terms: channel (ช่องทางรับฟัง), collector (ผู้รวบรวม), appointment (คำสั่งแต่งตั้ง), standard time (ระยะเวลามาตรฐาน).
In words: ``docs/rules/channels.md``. The desk's page is ``desk.admin.channels``.
May import ``casework``, ``agencies``, ``accounts``, ``files`` and below.
"""
