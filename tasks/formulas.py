"""Indicator formulas such as `100 * (a + b) / c` over indicator codes. Pure; no names, calls or powers are known."""

import ast
import operator
from collections.abc import Callable, Mapping
from decimal import Decimal

OPERATORS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def evaluate(formula: str, values: Mapping[str, Decimal | None]) -> Decimal | None:
    """The result to two places, or None where a value is missing or the base is empty.

    Raises ValueError for anything that is not numbers, codes, brackets and + - * /.
    """
    try:
        tree = ast.parse(formula, mode="eval").body
    except SyntaxError as error:
        raise ValueError(f"not a formula: {formula}") from error
    result = _value(tree, values)
    return None if result is None else result.quantize(Decimal("0.01"))


def _value(node: ast.expr, values: Mapping[str, Decimal | None]) -> Decimal | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return Decimal(str(node.value))
    if isinstance(node, ast.Name):
        return values.get(node.id)
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        left, right = _value(node.left, values), _value(node.right, values)
        if left is None or right is None or (isinstance(node.op, ast.Div) and right == 0):
            return None
        return OPERATORS[type(node.op)](left, right)
    raise ValueError(f"not allowed in a formula: {ast.dump(node)}")
