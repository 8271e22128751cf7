# SPDX-License-Identifier: MIT
"""All the ways in which a criteria file can be wrong in one place: docs/mutation.md lists them."""

import re

import places

RELATIONS = {">=": ">", ">": ">=", "<=": "<", "<": "<=", "=": "!=", "!=": "="}
OPPOSITES = [("increase", "decrease"), ("baseline", "nadir"), ("any", "all"), ("min", "max"),
             ("smallest", "largest"), ("first_scan", "last_scan"), ("first_date", "last_date")]
OPPOSITE = {name: other for pair in OPPOSITES for name, other in (pair, pair[::-1])}
MEASURES = {"sum": "maximum", "maximum": "sum", "minimum": "maximum", "mean": "maximum"}
RECORDED = ["at baseline", "after baseline", "any time"]
WEEK = 7
MILLIONTH = 6               # decimals of the smallest step of a length, a percentage, ...
COUNTED = {"days", ""}      # units whose smallest step is one
CONTEXT = 24                # characters shown on either side of a change
CONDITION_KEYS = {"when", "over", "count", "enter", "leave", "until", "progression_date", "new_baseline"}
# Keys of a rule, a status, a role, a check, ... that may be left out, and mean something.
FURTHER_KEYS = {"needs", "date", "at", "shown", "evaluated", "lasting", "merged", "prevails", "blank", "reading", "nodal",
                "own_schedule", "before", "until", "progression_date", "same_lesions", "new_baseline", "decides"}
# What a charter may say anew of an entry; without it the entry of the extended file counts.
CHARTER_KEYS = FURTHER_KEYS | {"when", "response", "value", "over", "severity"}


# Text for readers: no answer depends on it.
TEXT_KEYS = {"title", "cite", "say", "help", "question", "choices"}


class Mutant:
    def __init__(self, line, place, kind, change, start, end, text):
        self.line = line
        self.place = place      # keys from the top of the file
        self.kind = kind
        self.change = change    # what it was -> what it is, in words
        self.start = start      # the text from here
        self.end = end          # to here
        self.text = text        # becomes this

    def name(self):
        return f"{self.place}: {self.kind}: {self.change}"

    def apply(self, text):
        return text[:self.start] + self.text + text[self.end:]


def shortened(text):
    return " ".join(text.split())


class Words:
    """What the merged criteria say, as `recist rules show --format json` prints it: responses of the
    components, choices of the conventions, units."""

    def __init__(self, shown):
        self.components = {name: unique(rule["response"] for rule in component["rules"])
                           for name, component in shown["components"].items()}
        overall = shown["overall"]
        rows = (overall.get("table") or {}).get("rows", [])
        rules = [rule for part in ("history", "amendments") for rule in overall.get(part) or []]
        self.components["overall"] = unique(item["response"] for item in [*rows, *rules])
        best = shown.get("best_response") or {}
        rules = [rule for part in ("unconfirmed", "confirmed") for rule in best.get(part) or []]
        self.components["best_response"] = unique(rule["response"] for rule in rules)
        self.choices = {item["name"]: list(item.get("choices") or {}) for item in shown["conventions"]}
        units = [item.get("unit") for part in ("columns", "roles") for item in shown.get(part) or []]
        self.units = sorted({unit for unit in units if unit} | {"mm", "mm2", "%", "days", "weeks"}, key=len, reverse=True)

    def number(self):
        """A number of a condition with its unit."""
        units = "|".join(re.escape(unit) + (r"(?!\w)" if unit[-1].isalnum() else "") for unit in self.units)
        return re.compile(r"(?<![\w.-])(\d+(?:\.\d+)?)(\s*(?:" + units + r"))?(?![\w-])")


def unique(words):
    return list(dict.fromkeys(words))


def next_word(word, words):
    others = [other for other in words if other != word]
    if not others:
        return None
    return words[(words.index(word) + 1) % len(words)] if word in words else others[0]


def steps(number, unit):
    """The number with its unit a little more and a little less."""
    unit = unit or ""
    name = unit.strip()
    if name == "weeks":
        return [f"{int(number) * WEEK + step} days" for step in (1, -1)]
    if name in COUNTED and "." not in number:
        return [f"{int(number) + step}{unit}" for step in (1, -1) if int(number) + step >= 0]
    whole, _, decimals = number.partition(".")
    scaled = int(whole + decimals.ljust(MILLIONTH, "0"))
    power = 10 ** max(MILLIONTH, len(decimals))
    return [f"{value // power}.{value % power:06d}{unit}" for value in (scaled + 1, scaled - 1) if value >= 0]


class Maker:
    def __init__(self, text, words, inherited):
        self.text = text
        self.words = words
        self.inherited = inherited
        self.number = words.number()
        self.root = places.read(text)
        self.mutants = []
        self.names = {}

    def add(self, path, kind, start, end, text, change=None, at=None):
        old = self.text[start:end]
        if old == text:
            return
        line = self.text.count("\n", 0, start if at is None else at) + 1
        change = change or f"{shortened(old)} -> {shortened(text)}"
        mutant = Mutant(line, ".".join(map(str, path)), kind, change, start, end, text)
        count = self.names[mutant.name()] = self.names.get(mutant.name(), 0) + 1
        if count > 1:
            mutant.change += f" ({count})"
        self.mutants.append(mutant)

    def make(self):
        for entry in self.root.entries:
            section = getattr(self, "section_" + entry.key.replace("-", "_"), None)
            if section:
                section((entry.key,), entry.value)
        return self.mutants

    # Kinds of change

    def is_text(self, entry):
        return entry.key in TEXT_KEYS or entry.value.kind == "map" and \
            all(self.is_text(inner) for inner in entry.value.entries)

    def delete(self, path, parent, entry):
        if (*path,) in self.inherited and self.is_text(entry):
            return
        start, end, text = entry.start, entry.end, ""
        if len(parent.entries) == 1:
            start, end, text = (parent.head, entry.end, " {}\n") if parent.head else \
                               (parent.start, parent.end, "{}" if parent.kind == "map" else "[]")
        said = shortened(places.COMMENT.sub("", self.text[entry.at:entry.value.end].split("\n")[0]))
        self.add(path, "deletion", start, end, text, f"{said[:60]} -> nothing", entry.at)

    def delete_entries(self, path, parent):
        for entry in parent.entries if parent else []:
            self.delete((*path, entry.key), parent, entry)

    def delete_change(self, path, parent, entry):
        """An entry that is not one of a list, but may stand for one of the file that this one extends."""
        if (*path, entry.key) in self.inherited:
            self.delete((*path, entry.key), parent, entry)

    def delete_keys(self, path, parent):
        for entry in parent.entries:
            if entry.key in FURTHER_KEYS or (*path, entry.key) in self.inherited and entry.key in CHARTER_KEYS:
                self.delete((*path, entry.key), parent, entry)

    def replace(self, path, kind, place, word):
        """A scalar by another; the words yes and no are quoted."""
        if word is not None:
            quoted = f'"{word}"' if str(word) in ("yes", "no") else str(word)
            self.add(path, kind, place.start, place.end, quoted)

    def in_context(self, path, kind, place, start, end, text):
        before = shortened(self.text[max(place.start, start - CONTEXT):start] + "[")[:-1]
        after = shortened("]" + self.text[end:min(place.end, end + CONTEXT)])[1:]
        change = f"{before}[{shortened(self.text[start:end])} -> {text.strip()}]{after}"
        self.add(path, kind, start, end, text, change)

    def condition(self, path, place):
        if place is None or place.kind != "scalar":
            return
        raw = self.text[place.start:place.end]
        body = raw[1:-1] if place.style in ("'", '"') else raw
        offset = place.start + (len(raw) - len(body)) // 2
        string = r'\\".*?\\"' if place.style == '"' else r'".*?"'
        body = re.sub(string, lambda found: "\x01" * len(found[0]), body)

        def change(kind, start, end, text):
            self.in_context(path, kind, place, offset + start, offset + end, text)

        for found in self.number.finditer(body):
            for text in steps(found[1], found[2]):
                change("threshold", found.start(), found.end(), text)
        for found in re.finditer(r">=|<=|!=|>|<|=", body):
            change("relation", found.start(), found.end(), RELATIONS[found[0]])
        for found in re.finditer(r"\b(\w+)(?=\()", body):
            if found[1] in OPPOSITE:
                change("function", found.start(), found.end(), OPPOSITE[found[1]])
        for found in re.finditer(r"\b(and|or)\b", body):
            change("and/or", found.start(), found.end(), "or" if found[1] == "and" else "and")
        for found in re.finditer(r"\bnot\b\s*", body):
            change("negation", found.start(), found.end(), "")
        for found in re.finditer(r"\[([^\]\x01]*)\]", body):
            words = found[1].split(",")
            at = found.start(1)
            for number, word in enumerate(words):
                comma = number < len(words) - 1
                start = at if comma else max(at - 1, found.start(1))
                if len(words) > 1:
                    change("word", start, at + len(word) + comma, "")
                at += len(word) + 1

    def rules(self, path, parent, words):
        """Rules in order, of a component and wherever else."""
        for entry in parent.entries if parent else []:
            here = (*path, entry.key)
            self.delete(here, parent, entry)
            if entry.value.kind == "map":
                self.rule(here, entry.value, words)

    def rule(self, path, rule, words):
        self.delete_keys(path, rule)
        for entry in rule.entries:
            here = (*path, entry.key)
            if entry.key == "response":
                self.replace(here, "response", entry.value,
                             next_word(places.plain_text(self.text, entry.value), words))
            elif entry.key in CONDITION_KEYS | {"date"}:
                self.condition(here, entry.value)

    # Sections

    def section_conventions(self, path, parent):
        for entry in parent.entries:
            here = (*path, entry.key)
            place = entry.value if entry.value.kind == "scalar" else entry.value.get("value")
            self.delete_change(path, parent, entry)
            if place is None or self.text[place.start:place.end] == "~":
                continue
            value = places.plain_text(self.text, place)
            choices = self.words.choices.get(entry.key, [])
            for choice in choices:
                if choice != value:
                    self.replace(here, "convention", place, choice)
            if not choices:
                number, _, unit = value.partition(" ")
                for text in steps(number, " " + unit if unit else ""):
                    self.replace(here, "convention", place, text)

    def section_visits(self, path, parent):
        self.delete_entries(path, parent)
        for entry in parent.entries:
            self.condition((*path, entry.key), entry.value)

    def section_columns(self, path, parent):
        self.delete_entries(path, parent)

    def section_roles(self, path, parent):
        for entry in parent.entries:
            here = (*path, entry.key)
            self.delete(here, parent, entry)
            if entry.value.kind == "map":
                self.delete_keys(here, entry.value)
                self.role(here, entry.value)

    def role(self, path, role):
        for entry in role.entries:
            here = (*path, entry.key)
            if entry.key == "recorded":
                for other in RECORDED:
                    self.replace(here, "recorded", entry.value, other)
            elif entry.key == "statuses":
                for status in entry.value.entries:
                    self.delete((*here, status.key), entry.value, status)
                    self.delete_entries_of_status((*here, status.key), status.value)

    def delete_entries_of_status(self, path, status):
        for entry in status.entries:
            if entry.key in FURTHER_KEYS | {"value"}:
                self.delete((*path, entry.key), status, entry)
            if entry.key == "value":
                self.condition((*path, entry.key), entry.value)

    def section_organs(self, path, parent):
        for entry in parent.entries:
            self.delete((*path, entry.key), parent, entry)
            if entry.value.kind == "map":
                self.delete_keys((*path, entry.key), entry.value)

    def section_lesion_values(self, path, parent):
        for entry in parent.entries:
            cases = entry.value.get("cases")
            for case in cases.entries if cases else []:
                here = (*path, entry.key, case.key + 1)
                self.delete(here, cases, case)
                for key in ("when", "value"):
                    self.condition((*here, key), case.value.get(key))

    def section_measures(self, path, parent):
        for entry in parent.entries:
            here = (*path, entry.key)
            self.delete_change(path, parent, entry)
            for item in entry.value.entries:
                if item.key in MEASURES:
                    self.add((*here, item.key), "measure", item.at, item.at + len(item.key), MEASURES[item.key])
                elif item.key in CONDITION_KEYS:
                    self.condition((*here, item.key), item.value)
                if item.key in FURTHER_KEYS:
                    self.delete((*here, item.key), entry.value, item)

    def section_states(self, path, parent):
        self.rules(path, parent, [])

    def section_definitions(self, path, parent):
        for entry in parent.entries:
            self.delete_change(path, parent, entry)
            self.condition((*path, entry.key), entry.value)

    def section_components(self, path, parent):
        for entry in parent.entries:
            here = (*path, entry.key)
            self.delete_change(path, parent, entry)
            if entry.value.kind == "map":
                for item in entry.value.entries:
                    if item.key == "decides":
                        self.delete((*here, item.key), entry.value, item)
                self.rules((*here, "rules"), entry.value.get("rules"), self.words.components.get(entry.key, []))

    def section_overall(self, path, parent):
        words = self.words.components["overall"]
        for part in ("history", "amendments"):
            self.rules((*path, part), parent.get(part), words)
        dates = parent.get("date")
        for case in dates.entries if dates and dates.kind == "list" else []:
            here = (*path, "date", case.key + 1)
            self.delete(here, dates, case)
            for key in ("when", "value"):
                self.condition((*here, key), case.value.get(key))
        table = parent.get("table")
        rows = table.get("rows") if table else None
        columns = table.get("columns") if table else None
        names = [places.plain_text(self.text, column.value) for column in columns.entries] if columns else []
        for row in rows.entries if rows else []:
            here = (*path, "table", row.key)
            self.delete(here, rows, row)
            if row.value.kind == "list":
                self.row(here, row.value, names)

    def row(self, path, row, names):
        for entry, name in zip(row.entries, names):
            self.cell((*path, name), entry.value, self.words.components.get(name, []))
        if names:
            word = places.plain_text(self.text, row.entries[-1].value)
            self.replace((*path, "response"), "response", row.entries[-1].value,
                         next_word(word, self.words.components["overall"]))

    def cell(self, path, cell, words):
        if cell.kind == "list":
            self.word_set(path, cell, "cell")
            return
        text = places.plain_text(self.text, cell)
        if text == "any":
            self.replace(path, "cell", cell, words[0] if words else None)
        elif text.startswith("not "):
            others = text[4:].split(" or ")
            for word in others:
                rest = [other for other in others if other != word]
                self.replace(path, "cell", cell, "not " + " or ".join(rest) if rest else word)
            self.replace(path, "cell", cell, "any")
        else:
            self.replace(path, "cell", cell, next_word(text, words))
            self.replace(path, "cell", cell, "any")

    def word_set(self, path, parent, kind):
        said = self.text[parent.start:parent.end]
        for entry in parent.entries:
            word = places.plain_text(self.text, entry.value)
            self.add((*path, word), kind, entry.start, entry.end, "", f"{shortened(said)} -> without {word}")

    def section_best_response(self, path, parent):
        words = self.words.components["best_response"]
        for entry in parent.entries:
            here = (*path, entry.key)
            if entry.key in ("unconfirmed", "confirmed"):
                self.rules(here, entry.value, words)
            elif entry.key == "assessed":
                for part in entry.value.entries:
                    self.rules((*here, part.key), part.value, self.words.components["overall"])
            elif entry.key == "window":
                self.window(here, entry.value)
            elif entry.key == "counts":
                for item in entry.value.entries:
                    self.word_set((*here, item.key), item.value, "word")
            elif entry.key == "ranking":
                self.ranking(here, entry.value)
            elif entry.key == "progression_date":
                self.delete(here, parent, entry)
                self.condition(here, entry.value)

    def window(self, path, window):
        self.delete_entries(path, window)
        for entry in window.entries:
            self.condition((*path, entry.key), entry.value)

    def ranking(self, path, ranking):
        for first, second in zip(ranking.entries, ranking.entries[1:]):
            one, other = (self.text[entry.value.start:entry.value.end] for entry in (first, second))
            between = self.text[first.value.end:second.value.start]
            self.add(path, "ranking", first.value.start, second.value.end, other + between + one,
                     f"{one}, {other} -> {other}, {one}")

    def section_checks(self, path, parent):
        self.rules(path, parent, [])


def paths(place, above=()):
    """The keys of all entries, from the top."""
    for entry in place.entries:
        yield (*above, entry.key)
        yield from paths(entry.value, (*above, entry.key))


def make(text, shown, extended):
    """Every mutant of a criteria file's text; `shown` is what the criteria come to, merged, and
    `extended` the texts of the files that it extends."""
    inherited = {path for other in extended for path in paths(places.read(other))}
    return Maker(text, Words(shown), inherited).make()
