"""Where matters go inside an agency (กฎส่งเรื่อง): a table of rules, the first that fits decides. In words: ``docs/rules/routing.md``."""
