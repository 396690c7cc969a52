"""Reports on how opinions were considered (รายงานสรุปผลการพิจารณาความเห็นของประชาชน). In words: ``docs/rules/considered.md``."""
