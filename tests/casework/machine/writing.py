"""How often something was written, whichever way it went."""

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, event


@dataclass
class Written:
    """Transactions that wrote a row and were committed."""

    commits: int = 0
    _pending: bool = False

    def watch(self, engine: Engine) -> "Written":
        event.listen(engine, "before_cursor_execute", self._executes)
        event.listen(engine, "commit", self._commits)
        event.listen(engine, "rollback", self._rolls_back)
        return self

    def _executes(self, _connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        self._pending = self._pending or statement.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE")

    def _commits(self, _connection: Connection) -> None:
        self.commits += self._pending
        self._pending = False

    def _rolls_back(self, _connection: Connection) -> None:
        self._pending = False
