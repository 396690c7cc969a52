"""The call screen (หน้าจอรับสาย): an officer takes down what somebody says, writes or hands in, and reads the code aloud.

Terms: caller (ผู้แจ้ง), callback (โทรกลับ), similar cases (เรื่องใกล้เคียง). In words: ``docs/rules/calls.md``.
May import ``casework``, ``agencies``, ``index``, the rest of ``feedback`` and below.
"""
