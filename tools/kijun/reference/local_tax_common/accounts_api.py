"""Operations on users: registration, signing in, restrictions, transfers, display of items."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import accounts, displays, events, one_time, routing
from kijun.reference import desk as desks
from kijun.reference.accounts import Restriction, SignInFailed, Transfer, UserAccount
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal

router = APIRouter(prefix="/v1")
Role = Literal["assessor", "inquirer", "administrator"]
Item = Literal["name", "address", "personal_number", "remark"]


class ByUser(BaseModel):
    user_id: str = Field(min_length=1)


class NewUser(ByUser):
    section: str = Field(min_length=1)
    assigned_role: Role
    usable_since: date
    usable_through: date
    passphrase: str = Field(min_length=12)
    authenticator_key: str | None = None


class Access(ByUser):
    operation_name: str


class SignInRequest(ByUser):
    passphrase: str
    one_time_code: str


class CodeRequest(BaseModel):
    authenticator_key: str
    elapsed_seconds: int | None = Field(default=None, ge=0)


class NewTransfer(ByUser):
    transferred_on: date
    section: str = Field(min_length=1)
    assigned_role: Role | None = None


class DisplayDecision(BaseModel):
    display_role: Role | None = None
    user_id: str | None = None
    display_item: Item
    is_visible: bool


class DisplayQuestion(ByUser):
    display_item: Item


def register_user(desk: Desk, given: NewUser) -> dict[str, Any]:
    """利用者の登録"""
    check_new_user(desk, given)
    salt = secrets.token_hex(16)
    secret = given.authenticator_key or one_time.new_secret()
    desk.session.add(
        UserAccount(
            tenant=desk.id,
            user_id=given.user_id,
            section=given.section,
            role=given.assigned_role,
            usable_since=given.usable_since,
            usable_through=given.usable_through,
            salt=salt,
            passphrase_digest=accounts.digest(salt, given.passphrase),
            authenticator_key=secret,
        )
    )
    note_setting(desk, f"利用者の登録 {given.user_id}")
    return {"user_id": given.user_id, "authenticator_key": secret}


def check_new_user(desk: Desk, given: NewUser) -> None:
    if desk.session.get(UserAccount, (desk.id, given.user_id)) is not None:
        raise Refusal("duplicate", "その利用者IDは使われています。一人に一つ、別の利用者IDを付けてください。")
    if given.usable_through < given.usable_since:
        raise Refusal("invalid_value", "利用終了日が利用開始日より前です。日付を確かめてください。")


def note_setting(desk: Desk, detail: str) -> None:
    events.note(desk.session, desk.id, "administration", desk.today, desk.operator, detail, "completed")


def get_user(desk: Desk, given: ByUser) -> dict[str, Any]:
    """利用者の照会"""
    now_is = accounts.standing(desk.session, accounts.account(desk.session, desk.id, given.user_id), desk.today)
    return {
        "user_id": given.user_id,
        "section": now_is.section,
        "assigned_role": now_is.role,
        "user_state": now_is.state,
    }


def check_user_access(desk: Desk, given: Access) -> dict[str, Any]:
    """利用者の権限の確認"""
    user = accounts.account(desk.session, desk.id, given.user_id)
    return {"is_permitted": is_permitted(desk, user, given.operation_name)}


def is_permitted(desk: Desk, user: UserAccount, operation: str) -> bool:
    now_is = accounts.standing(desk.session, user, desk.today)
    if now_is.state != "active" or now_is.role is None:
        return False
    if accounts.is_restricted(desk.session, desk.id, user.user_id, operation):
        return False
    return desks.may(now_is.role, operation, operation in routing.QUERIES)


def restrict_user(desk: Desk, given: Access) -> dict[str, Any]:
    """利用者の処理の制限"""
    accounts.account(desk.session, desk.id, given.user_id)
    desk.session.merge(Restriction(tenant=desk.id, user_id=given.user_id, operation_name=given.operation_name))
    desks.note_exception(desk.session, desk.id)
    note_setting(desk, f"利用者の処理の制限 {given.user_id} {given.operation_name}")
    return {"user_id": given.user_id}


def sign_in(desk: Desk, given: SignInRequest) -> dict[str, Any]:
    """サインイン"""
    try:
        token = accounts.sign_in(
            desk.session, desk.id, given.user_id, given.passphrase, given.one_time_code, desk.today
        )
    except SignInFailed as failure:
        desk.on_refusal.append(failure.note)
        raise
    return {"user_id": given.user_id, "sign_in_credential": token}


def unlock_user(desk: Desk, given: ByUser) -> dict[str, Any]:
    """利用者の停止の解除"""
    accounts.account(desk.session, desk.id, given.user_id).failures = 0
    note_setting(desk, f"利用者の停止の解除 {given.user_id}")
    return {"user_id": given.user_id}


def calculate_one_time_code(_desk: Desk, given: CodeRequest) -> dict[str, Any]:
    """認証番号の計算"""
    seconds = int(accounts.now().timestamp()) if given.elapsed_seconds is None else given.elapsed_seconds
    try:
        return {"one_time_code": one_time.code_at(given.authenticator_key, seconds)}
    except ValueError as error:
        raise Refusal(
            "invalid_value", "認証鍵が Base32 の形ではありません。発行された鍵を確かめてください。"
        ) from error


def reserve_transfer(desk: Desk, given: NewTransfer) -> dict[str, Any]:
    """人事異動の予約"""
    accounts.account(desk.session, desk.id, given.user_id)
    if given.transferred_on < desk.today:
        raise Refusal("invalid_value", "異動の発令日が処理日より前です。処理日以後の日を指定してください。")
    transfer = Transfer(
        user_id=given.user_id, effective_on=given.transferred_on, section=given.section, role=given.assigned_role
    )
    accounts.add_transfer(desk.session, desk.id, transfer)
    note_setting(desk, f"人事異動の予約 {given.user_id}")
    return {"user_id": given.user_id}


def set_item_display(desk: Desk, given: DisplayDecision) -> dict[str, Any]:
    """項目の表示の設定"""
    if (given.display_role is None) == (given.user_id is None):
        raise Refusal("missing_item", "役割か利用者IDのどちらか一つを指定してください。")
    subject = f"role:{given.display_role}" if given.display_role else f"user:{given.user_id}"
    displays.decide(desk.session, desk.id, subject, given.display_item, given.is_visible)
    desks.note_exception(desk.session, desk.id)
    note_setting(desk, f"項目の表示の設定 {subject} {given.display_item}")
    return {"display_item": given.display_item, "is_visible": given.is_visible}


def get_item_display(desk: Desk, given: DisplayQuestion) -> dict[str, Any]:
    """項目の表示の照会"""
    user = accounts.account(desk.session, desk.id, given.user_id)
    role = accounts.standing(desk.session, user, desk.today).role or ""
    hidden = displays.hidden_items(desk.session, desk.id, role, given.user_id)
    return {"is_visible": given.display_item not in hidden}


routing.add(router, "/users", NewUser, register_user)
routing.add(router, "/users/one", ByUser, get_user, is_query=True)
routing.add(router, "/users/access", Access, check_user_access, is_query=True)
routing.add(router, "/users/restrictions", Access, restrict_user)
routing.add(router, "/users/unlocking", ByUser, unlock_user)
routing.add(router, "/users/transfers", NewTransfer, reserve_transfer)
routing.add(router, "/sign-ins", SignInRequest, sign_in)
routing.add(router, "/one-time-codes", CodeRequest, calculate_one_time_code)
routing.add(router, "/item-displays", DisplayDecision, set_item_display)
routing.add(router, "/item-displays/one", DisplayQuestion, get_item_display, is_query=True)
