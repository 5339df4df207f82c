"""The housing aid (APL): its tables, its formula, an estimate, and the income rule with one."""

__all__: list[str] = []
