"""Values: dataclasses that cost little until the first instance is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, make_dataclass
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")

_METHODS = {"__init__": "init", "__repr__": "repr", "__eq__": "eq", "__hash__": "unsafe_hash"}
"""The methods that a dataclass generates, and the option for each."""


@dataclass_transform(frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """A dataclass with slots that only the type checker keeps from being changed: instances that are frozen at run time
    take four times as long to make.

    `dataclass` compiles four to six methods for each class, which took a fifth of a start. Here each is compiled when
    it is first called, and most never are.
    """
    return _prepared(cls, slots=True)


def as_record(cls: type[Any]) -> None:
    """Make a record of a class in place, for a base that hooks into its subclasses. It has no slots."""
    _prepared(cls, slots=False)


def _prepared(cls: type[T], *, slots: bool) -> type[T]:
    # Without a docstring the class would get its signature as one, which takes longer than everything else.
    cls.__doc__ = cls.__doc__ or cls.__name__
    made = dataclass(slots=slots, init=False, repr=False, eq=False)(cls)
    for name in _METHODS:
        if name not in vars(made):
            setattr(made, name, _uncompiled(made, name))
    return made


def _uncompiled(cls: type[Any], name: str) -> Callable[..., Any]:
    """A method that compiles the real one on the first call and gives way to it."""

    def compile_and_call(self: object, *args: object, **named: object) -> Any:
        method = _compiled(cls, name)
        setattr(cls, name, method)
        return method(self, *args, **named)

    return compile_and_call


def _compiled(cls: type[Any], name: str) -> Callable[..., Any]:
    """The method of a dataclass with the same fields."""
    options: dict[str, Any] = {option: method == name for method, option in _METHODS.items()}
    namespace: dict[str, Any] = {
        hook: getattr(cls, hook) for hook in ("__doc__", "__post_init__") if hasattr(cls, hook)
    }
    same = [(one.name, one.type, one) for one in fields(cls)]
    method: Callable[..., Any] = vars(make_dataclass(cls.__name__, same, namespace=namespace, **options))[name]
    return method
