"""Indicator formulas such as `100 * (a + b) / c` over indicator codes, and identities `a + b = c + d` between them.

Pure; no calls, powers or other names are known.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal, DecimalException

LONGEST = 500  # characters; keeps the tree shallow enough to walk

OPERATORS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def evaluate(formula: str, values: Mapping[str, Decimal | None]) -> Decimal | None:
    """The result to two places, halves away from zero; None where a value is missing or the base is empty.

    Raises ValueError for anything that is not numbers, codes, brackets and + - * /.
    """
    try:
        result = _value(_tree(formula), values)
        return None if result is None else result.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    except DecimalException as error:
        raise ValueError(f"no figure comes of it: {formula}") from error


def codes(formula: str) -> set[str]:
    """The indicator codes that a formula counts on. Raises ValueError for what is no formula."""
    return {node.id for node in ast.walk(_tree(formula)) if isinstance(node, ast.Name)}


def sides(identity: str) -> tuple[str, str]:
    """Both formulas of `a + b = c + d`. Raises ValueError for what is none, or counts on no code at all."""
    left, sign, right = identity.partition("=")
    if not sign or "=" in right:
        raise ValueError(f"not an identity: {identity}")
    if not codes(left) or not codes(right):
        raise ValueError(f"not a formula on both sides: {identity}")
    return left.strip(), right.strip()


def identity_codes(identity: str) -> set[str]:
    """The indicator codes on both sides. Raises ValueError for what is no identity."""
    left, right = sides(identity)
    return codes(left) | codes(right)


def mismatch(identity: str, values: Mapping[str, Decimal | None]) -> tuple[Decimal, Decimal] | None:
    """What both sides come to where they differ; None where they agree, or a figure is missing. Raises as `sides`."""
    left, right = (evaluate(side, values) for side in sides(identity))
    return None if left is None or right is None or left == right else (left, right)


def _tree(formula: str) -> ast.expr:
    if len(formula) > LONGEST:
        raise ValueError("not a formula: too long")
    try:
        return ast.parse(formula.strip(), mode="eval").body
    except SyntaxError as error:
        raise ValueError(f"not a formula: {formula}") from error


def _value(node: ast.expr, values: Mapping[str, Decimal | None]) -> Decimal | None:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):  # True is an int too
        return Decimal(str(node.value))
    if isinstance(node, ast.Name):
        return values.get(node.id)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _value(node.operand, values)
        return None if inner is None else -inner
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        left, right = _value(node.left, values), _value(node.right, values)
        if left is None or right is None or (isinstance(node.op, ast.Div) and right == 0):
            return None
        return OPERATORS[type(node.op)](left, right)
    raise ValueError(f"not allowed in a formula: {ast.dump(node)}")
