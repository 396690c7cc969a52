"""A receipt code as it is read aloud: group by group, each digit by its name."""

from portal.kernel.receipt_code import format_code, read_code

THAI = ("ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def aloud(code: str, language: str) -> list[tuple[str, str]]:
    """The five groups, each with what to say; raises ``MistypedCode`` for what is no code."""
    names = ENGLISH if language == "en" else THAI
    return [(group, " ".join(names[int(digit)] for digit in group)) for group in format_code(read_code(code)).split("-")]
