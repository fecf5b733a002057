"""A model that plays every stage by simple rules and never makes anything up: replies for `ChatServer`.

Its replies depend on the request alone. It looks its subject up with offered tools that take one text, asks for a
text of what it found, answers from records, and calls tools when it solves.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

QUESTION = re.compile(r"^Which (?P<field>.+?) do the records that can be consulted give for (?P<subject>.+?)\?")
REWORDED = "Here is what I would like to know. "
SUBMIT = "submit_answer"


class HonestModel:
    """`answers` maps questions of symbolic tasks to answers; `calls` tool calls are made in a round."""

    def __init__(self, answers: Mapping[str, Any] | None = None, calls: int = 2) -> None:
        self.answers, self.calls = dict(answers or {}), calls

    def __call__(self, body: Mapping[str, Any]) -> dict[str, Any]:
        if schema := body.get("response_format"):
            return {"content": json.dumps(self._structured(body, schema["json_schema"]["schema"]["properties"]))}
        if any(tool["function"]["name"] == SUBMIT for tool in body.get("tools") or ()):
            return self._solve(body)
        return self._explore(body)

    def _explore(self, body: Mapping[str, Any]) -> dict[str, Any]:
        asked = max(place for place, message in enumerate(body["messages"]) if message["role"] == "user")
        made = [m for m in body["messages"][asked:] if m["role"] == "tool"]
        before = [m for m in body["messages"] if m["role"] == "tool"]
        if "capitals of Kenya and of Norway" in body["messages"][asked]["content"]:
            return _calls(("look_up_capital", {"country": "Kenya"}), ("look_up_capital", {"country": "Norway"}))
        subject = re.search(r"The subject is the .+? \((.+) for the tools\)", body["messages"][1]["content"])
        named = re.search(r"The subject is the [a-z -]*(.+?)\.(\n|$)", body["messages"][1]["content"])
        value = subject[1] if subject else named[1] if named else ""
        options = _of_one_text(body["tools"], value)
        if len(made) >= self.calls or not options:
            return {"content": "That is enough."}
        name, parameter = options[len(before) % len(options)]
        return _calls((name, {parameter: value}))

    def _structured(self, body: Mapping[str, Any], properties: Mapping[str, Any]) -> dict[str, Any]:
        told = body["messages"][-1]["content"]
        if "colour" in properties:
            return {"colour": "red"}
        if "verdict" in properties:
            return {"verdict": "same" if _says_the_same(json.loads(told)) else "different"}
        if "citations" in properties:
            return self._derive(told)
        if set(properties) == {"question"}:
            return {"question": REWORDED + json.loads(told)["question"]}
        answer = self._answer(told)
        return {"answerable": answer is not None, "answer": answer}

    def _derive(self, told: str) -> dict[str, Any]:
        """Asks for the first short text that a call returned, by the words of its field."""
        subject = told.partition("The subject is to be written as: ")[2].partition("\n")[0]
        for record in _records(told):
            for given in record["arguments"].values():
                value = subject if subject.endswith(f"({given})") else given
                for field, text in record["output"].items():
                    if isinstance(text, str) and 3 < len(text) < 60 and text.casefold() not in str(value).casefold():
                        words = field.replace("_", " ")
                        return {
                            "question": f"Which {words} do the records that can be consulted give for {value}?",
                            "answer_type": "string",
                            "answer": text,
                            "unit": "",
                            "decimals": None,
                            "citations": [{"call_id": record["call_id"], "pointer": f"/{field}"}],
                        }
        nothing = {"question": "", "answer_type": "string", "answer": "", "unit": "", "decimals": None}
        return {**nothing, "citations": []}

    def _answer(self, told: str) -> Any:
        """From the records, or for a symbolic question out of the key; None without records."""
        records = list(_records(told))
        question = told.partition("\n")[0].removeprefix(REWORDED)
        if not records:
            return None
        if asked := QUESTION.match(question):
            return records[-1]["output"].get(asked["field"].replace(" ", "_"))
        return self.answers.get(question)

    def _solve(self, body: Mapping[str, Any]) -> dict[str, Any]:
        question = body["messages"][1]["content"].removeprefix(REWORDED)
        asked, told = QUESTION.match(question), [m for m in body["messages"] if m["role"] == "tool"]
        if asked is None:
            known = self.answers.get(question)
            return _calls((SUBMIT, {"answerable": known is not None, "answer": known}))
        field = asked["field"].replace(" ", "_")
        for message in told:
            if field in (found := json.loads(message["content"])):
                return _calls((SUBMIT, {"answerable": True, "answer": found[field]}))
        options = _of_one_text([tool for tool in body["tools"] if tool["function"]["name"] != SUBMIT], "")
        if len(told) >= len(options):
            return _calls((SUBMIT, {"answerable": False}))
        name, parameter = options[len(told)]
        coded = re.search(r"\(([^()]+)\)$", asked["subject"])
        return _calls((name, {parameter: coded[1] if coded else asked["subject"]}))


def _calls(*calls: tuple[str, Mapping[str, Any]]) -> dict[str, Any]:
    made = [
        {
            "id": f"call-{sha256(f'{place}{name}{arguments}'.encode()).hexdigest()[:8]}",
            "type": "function",
            "function": {"name": name, "arguments": json.dumps(arguments)},
        }
        for place, (name, arguments) in enumerate(calls)
    ]
    return {"content": None, "tool_calls": made}


def _of_one_text(tools: list[Mapping[str, Any]], value: str) -> list[tuple[str, str]]:
    """Tools whose only needed parameter is a text, in an order that depends on the value."""
    found = []
    for tool in tools:
        parameters = tool["function"]["parameters"]
        needed = parameters.get("required", [])
        if len(needed) == 1 and parameters["properties"][needed[0]].get("type") == "string":
            found.append((tool["function"]["name"], needed[0]))
    return sorted(found, key=lambda option: sha256(f"{option[0]}{value}".encode()).hexdigest())


def _records(told: str) -> Iterator[dict[str, Any]]:
    for line in told.splitlines():
        try:
            record = json.loads(line)
        except json.JSONDecodeError:
            continue
        if isinstance(record, dict) and isinstance(record.get("output"), dict):
            yield record


def _says_the_same(data: Mapping[str, str]) -> bool:
    right, said = data["reference"], data["submitted"]
    named = re.search(rf"(?<!\w){re.escape(right)}(?!\w)", said, re.IGNORECASE) is not None
    return named and " or " not in said
