"""Tables every business shares: tenants, taxpayers, operation log; and how a transaction is made."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import (
    BindParameter,
    Column,
    Delete,
    Insert,
    Select,
    Table,
    bindparam,
    create_engine,
    delete,
    event,
    func,
    insert,
    inspect,
    select,
)
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import StaticPool
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler


class Base(DeclarativeBase):
    """Every table carries the tenant: one isolated municipality in a shared database."""


_STATEMENTS = 1_000  # all that a run asks are kept ready
Kept = TypeVar("Kept", bound=Base)


class Tenant(Base):
    __tablename__ = "tenant"
    id: Mapped[str] = mapped_column(primary_key=True)
    municipality_code: Mapped[str]
    municipality_class: Mapped[str]
    business_date: Mapped[date]
    secret: Mapped[str]
    has_exceptions: Mapped[bool] = mapped_column(default=False)  # some role or user may or sees less than others
    log_count: Mapped[int] = mapped_column(default=0)  # the head of the log's chain is kept apart from its lines,
    log_head: Mapped[str] = mapped_column(default="")  # so that cutting off the last lines is found, too


class Taxpayer(Base):
    __tablename__ = "taxpayer"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    address: Mapped[str]
    support_measure: Mapped[bool]
    addressee_kind: Mapped[str] = mapped_column(default="nonresident")
    name_kana: Mapped[str | None]
    birth_date: Mapped[date | None]
    household_number: Mapped[str | None]
    resident_number: Mapped[str | None]
    corporate_number: Mapped[str | None]
    representative_name: Mapped[str | None]
    common_name: Mapped[str | None]
    former_surname: Mapped[str | None]
    roman_name: Mapped[str | None]
    imprint_name_kind: Mapped[str] = mapped_column(default="registered")
    town_code: Mapped[str | None]
    absorbed_by: Mapped[str | None]
    is_mailing_stopped: Mapped[bool] = mapped_column(default=False)

    @property
    def is_protected(self) -> bool:
        """Under support measures on the day of the desk that fetched this person; the bare flag if nobody said."""
        return getattr(self, "_protected", self.support_measure)

    def protect(self, holds: bool) -> None:
        """What the desk found out about its day. Not stored."""
        self._protected = holds


class LogEntry(Base):
    """One line of the operation log. No route changes or removes one."""

    __tablename__ = "operation_log"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    tenant: Mapped[str] = mapped_column(index=True)
    operated_on: Mapped[date]
    operator: Mapped[str]
    operator_role: Mapped[str]
    operation_name: Mapped[str]
    target_id: Mapped[str | None]
    outcome: Mapped[str]
    operated_time: Mapped[str] = mapped_column(default="")
    log_category: Mapped[str] = mapped_column(default="")
    sequence: Mapped[int] = mapped_column(default=0)
    digest: Mapped[str] = mapped_column(default="")


class Store:
    """One database. SQLite has one writer at a time: transactions queue up here and share one connection."""

    def __init__(self, url: str) -> None:
        is_sqlite = url.startswith("sqlite")
        self.is_one_at_a_time = is_sqlite
        options: dict[str, Any] = {"pool_size": 8, "max_overflow": 24}
        if is_sqlite:
            arguments = {"cached_statements": _STATEMENTS, "check_same_thread": False}
            options = {"poolclass": StaticPool, "connect_args": arguments}
        self.engine: Engine = create_engine(url, **options)
        if is_sqlite:
            event.listen(self.engine, "connect", _tune_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        self._turn: Any = threading.Lock() if is_sqlite else nullcontext()
        Base.metadata.create_all(self.engine)
        self._bind: Engine | Connection = self.engine.connect() if is_sqlite else self.engine

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        with self._turn, Session(self._bind, expire_on_commit=False) as session, session.begin():
            session.info.update(is_alone=self.is_one_at_a_time, connection=session.connection())
            yield session

    def drop(self, tenants: Sequence[str]) -> None:
        """Remove municipalities from every table; many at once take little longer than one."""
        with self.transaction() as session:
            for statement in _deletions():
                _connection(session).execute(statement, {"gone": tenants})

    def close(self) -> None:
        if isinstance(self._bind, Connection):
            self._bind.close()
        self.engine.dispose()


def _tune_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=OFF", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
    connection.isolation_level = None  # Python would begin only at the first change, and a savepoint would commit


def _begin_sqlite(connection: Any) -> None:
    connection.connection.driver_connection.execute("BEGIN")  # without the ceremony of a statement


@dataclass(slots=True)
class Municipality:
    """What every request asks of a municipality, without the bookkeeping of a mapped row."""

    id: str
    business_date: date
    secret: str
    has_exceptions: bool
    log_count: int = 0
    log_head: str = ""


def municipality(session: Session, tenant_id: str) -> Municipality | None:
    """The municipality as the transaction sees it now."""
    known: Municipality | None = session.info.get("municipality")
    if known is None or known.id != tenant_id:
        known = session.info["municipality"] = _read_municipality(session, tenant_id, _MUNICIPALITY)
    return known


def hold_tenant(session: Session, tenant_id: str) -> Municipality | None:
    """The municipality, kept from every other transaction until this one ends: nobody else takes its next number.

    Where one transaction at a time reaches the database it is kept from them anyway, and what was read still holds.
    """
    if session.info["is_alone"]:
        return municipality(session, tenant_id)
    held = session.info["municipality"] = _read_municipality(session, tenant_id, _HELD_MUNICIPALITY)
    return held


def _read_municipality(session: Session, tenant_id: str, question: Select[Any]) -> Municipality | None:
    for tenant, day, secret, has_exceptions, log_count, log_head in direct(session, question, {"of": tenant_id}):
        return Municipality(tenant, date.fromisoformat(str(day)), secret, bool(has_exceptions), log_count, log_head)
    return None


_TENANTS = cast(Table, Tenant.__table__)
_MUNICIPALITY = select(
    _TENANTS.c.id,
    _TENANTS.c.business_date,
    _TENANTS.c.secret,
    _TENANTS.c.has_exceptions,
    _TENANTS.c.log_count,
    _TENANTS.c.log_head,
).where(_TENANTS.c.id == bindparam("of"))
_HELD_MUNICIPALITY = _MUNICIPALITY.with_for_update()


def direct(session: Session, statement: ClauseElement, values: Mapping[str, Any], most: int = 0) -> list[Any]:
    """The rows of a statement by the database's own cursor: for the few that every request of a run asks.

    `values` are what the driver takes and gives: a date is its ISO 8601 text. `most` rows come back, or all of them.
    """
    connection = _connection(session)
    text, places = _text(statement, connection.dialect)
    cursor = connection.connection.cursor()
    try:
        cursor.execute(text, values if places is None else [values[name] for name in places])
        if not cursor.description:
            return []
        return list(cursor.fetchmany(most) if most else cursor.fetchall())
    finally:
        cursor.close()


def _connection(session: Session) -> Connection:
    """That of the transaction; to ask the session for it each time takes as long as many a question."""
    known: Connection = session.info["connection"]
    return known


def fetch(session: Session, question: Select[Any], values: Mapping[str, str | int]) -> list[Any]:
    """`session.scalars` for what is mostly not there.

    A young municipality has none of most things, and the database's own cursor says so in a tenth of the time.
    """
    session.flush()  # what waits to be written is asked for, too
    return list(session.scalars(question, values)) if direct(session, question, values, most=1) else []


def kept(session: Session, table: type[Kept], tenant: str, **where: Any) -> list[Kept]:
    """The municipality's rows with these values (None: empty), in the order of their key."""
    question = _question(table, tuple((name, value is None) for name, value in where.items()))
    values = {f"of_{name}": value for name, value in where.items() if value is not None}
    return fetch(session, question, {"at": tenant, **values})


@cache
def _question(table: Any, where: tuple[tuple[str, bool], ...]) -> Select[Any]:
    """Built once for every table and choice of columns: building takes longer than the database does to answer."""
    wanted = [
        getattr(table, name).is_(None) if is_none else getattr(table, name) == bindparam(f"of_{name}")
        for name, is_none in where
    ]
    return select(table).where(table.tenant == bindparam("at"), *wanted).order_by(*table_of(table).primary_key)


def scalar(session: Session, question: Select[Any], values: Mapping[str, str | int]) -> int:
    """The one number a question asks for; 0 where there is none."""
    session.flush()
    found = direct(session, question, values)
    return int(found[0][0] or 0) if found else 0


@cache
def _text(statement: ClauseElement, dialect: Dialect) -> tuple[str, list[str] | None]:
    """A statement in the words of the database, and the order of its values where they have no names."""
    compiled = cast(SQLCompiler, statement.compile(dialect=dialect))
    return str(compiled), compiled.positiontup if compiled.positional else None


def find(session: Session, table: type[Kept], *key: Any) -> Kept | None:
    """`session.get` for what every operation asks: the question is built once, and not at every request again."""
    question, names, identity = _by_key(table)
    known: Kept | None = session.identity_map.get(identity(key))
    return known or next(iter(fetch(session, question, dict(zip(names, key, strict=True)))), None)


@cache
def _by_key(table: type[Any]) -> tuple[Select[Any], list[str], Callable[[tuple[Any, ...]], Any]]:
    mapper = inspect(table)
    names = [f"of_{column.name}" for column in mapper.primary_key]
    wanted = [column == bindparam(name) for column, name in zip(mapper.primary_key, names, strict=True)]
    return select(table).where(*wanted), names, mapper.identity_key_from_primary_key


def write(session: Session, row: Base) -> None:
    """Store a row at once and without its bookkeeping by the session, which is most of what `session.add` costs.

    The session does not know the object given: whoever wants to change the row asks for it first.
    """
    _insert(session, type(row), vars(row))


def enter(session: Session, table: type[Base], **said: Any) -> None:
    """Store a row that nobody here looks at again: not even the object is made. Raises TypeError for no column."""
    unknown = said.keys() - table_of(table).columns.keys()
    if unknown:
        raise TypeError(f"{table.__name__} has no {', '.join(sorted(unknown))}")
    _insert(session, table, said)


def _insert(session: Session, table: type[Base], said: Mapping[str, Any]) -> None:
    statement, columns = _insertion(table, _connection(session).dialect)
    direct(session, statement, {name: column.value(said) for name, column in columns.items()})


@dataclass(frozen=True, slots=True)
class _Column:
    """How a column takes its value: from the row or as it is by default, in the form of the driver."""

    name: str
    default: Any
    process: Callable[[Any], Any] | None

    def value(self, said: Mapping[str, Any]) -> Any:
        value = said.get(self.name, self.default)
        return self.process(value) if self.process else value


@cache
def _insertion(mapped: type[Base], dialect: Dialect) -> tuple[Insert, dict[str, _Column]]:
    table = table_of(mapped)
    columns = {}
    for one in table.columns:
        if one is not table.autoincrement_column:
            process = one.type.dialect_impl(dialect).bind_processor(dialect)
            columns[one.name] = _Column(one.name, getattr(one.default, "arg", None), process)
    return insert(table).values({name: bindparam(name) for name in columns}).inline(), columns


def table_of(mapped: type[Base]) -> Table:
    """The table itself, for statements that the session need not see."""
    return cast(Table, mapped.__table__)


def open_tenant(session: Session, code: str, kind: str, day: date) -> Municipality:
    opened = Municipality(secrets.token_hex(8), day, secrets.token_hex(16), has_exceptions=False)
    told = {"id": opened.id, "business_date": day, "secret": opened.secret}
    enter(session, Tenant, municipality_code=code, municipality_class=kind, **told)
    return opened


@cache
def _deletions() -> list[Delete]:
    """A statement for each table, in an order that may be."""
    gone: BindParameter[list[str]] = bindparam("gone", expanding=True)
    return [delete(one).where(_owner(one).in_(gone)) for one in reversed(Base.metadata.sorted_tables)]


def _owner(table: Table) -> Column[Any]:
    return table.c.id if table is _TENANTS else table.c.tenant


def next_number(session: Session, table: Any, tenant: str) -> int:
    """One more than there are rows: the next number where nothing is ever taken away."""
    return scalar(session, _count(table), {"at": tenant}) + 1


@cache
def _count(table: Any) -> Select[Any]:
    return select(func.count()).select_from(table).where(table.tenant == bindparam("at"))
