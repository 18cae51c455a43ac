"""軽自動車税（種別割）: rates are data, rules are pure functions, the rest keeps the ledger."""
