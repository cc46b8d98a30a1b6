"""Reasons in words."""

from trucewatch.model import LinkKnowledge, Reason


def told(reason: Reason, language: str, knowledge: LinkKnowledge) -> str:
    """The words of a reason in a language; the rule and its values where there are none."""
    text = knowledge.texts.get(reason.rule, {}).get(language)
    if text is None:
        return " ".join((reason.rule, *(f"{key}={value}" for key, value in reason.values)))
    for key, value in reason.values:
        text = text.replace(f"{{{key}}}", value)
    return text


def pair(rule: str, one: str, other: str, **more: str) -> Reason:
    """A reason that sets one value against another."""
    return Reason(rule, (*more.items(), ("one", one), ("other", other)))
