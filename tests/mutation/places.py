# SPDX-License-Identifier: MIT
"""Where things stand in a criteria file: its mappings, lists and scalars with their offsets in the
text, so that one of them can be changed and all else stays as it was written.

It reads the part of YAML that criteria files are written in: block mappings and lists, flow
mappings and lists, plain, quoted and folded scalars, comments. No anchors, tags or documents."""

import re

KEY = re.compile(r"""(?:"(?:\\.|[^"\\])*"|'(?:''|[^'])*'|[^\s#&*!|>'"%@`{}\[\],-][^#{}\[\],]*?|-[^\s][^#]*?)(?=:(?:\s|$))""")
COMMENT = re.compile(r"(?:^|\s)#.*$")


class Unreadable(Exception):
    pass


class Place:
    """A mapping, list or scalar; `start` and `end` are offsets of its text. A block scalar's text
    begins after its indicator."""

    def __init__(self, kind, start, end, style=""):
        self.kind = kind        # "map", "list", "scalar"
        self.start = start
        self.end = end
        self.style = style      # scalars: "plain", "'", '"', "block"; else "block", "flow"
        self.entries = []       # of a map and a list
        self.head = None        # block map: where the text of its parent's key ends

    def get(self, key):
        for entry in self.entries:
            if entry.key == key:
                return entry.value
        return None


class Entry:
    """A key with its value, or an item of a list (its key is its number). From `start` to `end` is
    what goes when the entry is deleted."""

    def __init__(self, key, value, start, end, at):
        self.key = key
        self.value = value
        self.start = start
        self.end = end
        self.at = at            # where the key, or the item, begins


def unquoted(text):
    if text[:1] == '"':
        return text[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    if text[:1] == "'":
        return text[1:-1].replace("''", "'")
    return text


class Reader:
    def __init__(self, text):
        self.text = text
        self.lines = []         # (offset, indentation, offset of the end) of lines with content
        offset = 0
        for line in text.splitlines(keepends=True):
            bare = line.rstrip("\r\n")
            if bare.strip() and not bare.lstrip().startswith("#"):
                indentation = len(bare) - len(bare.lstrip(" "))
                self.lines.append((offset, indentation, offset + len(bare)))
            offset += len(line)
        self.next = 0

    def fail(self, offset, what):
        line = self.text.count("\n", 0, offset) + 1
        raise Unreadable(f"line {line}: {what}")

    def line_end(self, offset):
        """After the line break that ends the line of this offset."""
        found = self.text.find("\n", offset)
        return len(self.text) if found < 0 else found + 1

    def skip_to(self, offset):
        while self.next < len(self.lines) and self.lines[self.next][0] < offset:
            self.next += 1

    def is_item(self, offset):
        return self.text[offset:offset + 2] in ("- ", "-\n")

    def read(self):
        return self.block(0, None)

    def block(self, indentation, head):
        offset, depth, _ = self.lines[self.next]
        if self.is_item(offset + depth):
            return self.items(depth)
        place = self.mapping(depth, offset + depth)
        place.head = head
        return place

    def items(self, depth):
        place = Place("list", self.lines[self.next][0] + depth, 0, "block")
        while self.next < len(self.lines):
            offset, indentation, _ = self.lines[self.next]
            at = offset + depth
            if indentation != depth or not self.is_item(at):
                break
            inner = at + 1
            while self.text[inner] == " ":
                inner += 1
            if KEY.match(self.text, inner) and self.text[inner] not in "{[":
                value = self.mapping(inner - offset, inner)
            else:
                value = self.value(inner, depth)
            place.entries.append(Entry(len(place.entries), value, offset, self.line_end(value.end - 1), at))
            place.end = value.end
        return place

    def mapping(self, depth, first):
        """The mapping whose keys stand in column `depth`; the first begins at `first`."""
        place = Place("map", first, first, "block")
        at = first
        while True:
            found = KEY.match(self.text, at)
            if not found:
                self.fail(at, "a key is missing")
            value = self.value(found.end() + 1, depth)
            start = self.text.rfind("\n", 0, at) + 1
            place.entries.append(Entry(unquoted(found[0]), value, start, self.line_end(value.end - 1), at))
            place.end = value.end
            if self.next >= len(self.lines):
                return place
            offset, indentation, _ = self.lines[self.next]
            if indentation != depth or self.is_item(offset + depth):
                return place
            at = offset + depth

    def value(self, after, depth):
        """What stands after the colon of a key, or the dash of an item, in column `depth`."""
        here = after
        while self.text[here:here + 1] == " ":
            here += 1
        rest = self.text[here:self.line_end(here)].rstrip("\r\n")
        if not rest or rest.startswith("#"):
            return self.nested(after, depth)
        if rest[0] in "|>":
            return self.folded(here, depth)
        if rest[0] in "{[":
            place = self.flow(here)
        elif rest[0] in "\"'":
            place = self.quoted(here)
        else:
            place = self.plain(here, depth)
        self.skip_to(self.line_end(place.end - 1))
        return place

    def nested(self, after, depth):
        self.skip_to(self.line_end(after))
        if self.next < len(self.lines):
            offset, indentation, _ = self.lines[self.next]
            if indentation > depth or indentation == depth and self.is_item(offset + depth):
                return self.block(indentation, after)
        return Place("scalar", after, after, "plain")

    def folded(self, here, depth):
        start = self.line_end(here)
        end = start
        self.skip_to(start)
        while self.next < len(self.lines) and self.lines[self.next][1] > depth:
            end = self.lines[self.next][2]
            self.next += 1
        return Place("scalar", start, end, "block")

    def quoted(self, here):
        pattern = r'"(?:\\.|[^"\\])*"' if self.text[here] == '"' else r"'(?:''|[^'])*'"
        found = re.compile(pattern, re.S).match(self.text, here)
        if not found:
            self.fail(here, "a quotation mark is missing")
        return Place("scalar", here, found.end(), self.text[here])

    def plain(self, here, depth):
        """Until the comment, and on over deeper lines."""
        end = here + len(COMMENT.sub("", self.text[here:self.line_end(here)].rstrip()).rstrip())
        self.skip_to(self.line_end(here))
        while self.next < len(self.lines) and self.lines[self.next][1] > depth:
            offset, indentation, stop = self.lines[self.next]
            end = offset + len(COMMENT.sub("", self.text[offset:stop]).rstrip())
            self.next += 1
        return Place("scalar", here, end, "plain")

    # Flow style

    def space(self, here):
        while self.text[here] in " \n" or self.text[here] == "#":
            here = self.line_end(here) if self.text[here] == "#" else here + 1
        return here

    def flow(self, here):
        character = self.text[here]
        if character in "{[":
            return self.flow_entries(here, "}" if character == "{" else "]")
        if character in "\"'":
            return self.quoted(here)
        found = re.compile(r"[^,\]}\n]*").match(self.text, here)
        return Place("scalar", here, here + len(found[0].rstrip()), "plain")

    def flow_entries(self, here, closing):
        place = Place("map" if closing == "}" else "list", here, 0, "flow")
        here = self.space(here + 1)
        while self.text[here] != closing:
            at = here
            key = len(place.entries)
            if closing == "}":
                found = re.compile(r"""("[^"]*"|'[^']*'|[^:,{}\[\]]+?)\s*:\s""").match(self.text, here)
                if not found:
                    self.fail(here, "a key is missing")
                key = unquoted(found[1])
                here = self.space(found.end())
            value = self.flow(here)
            here = self.space(value.end)
            if self.text[here] not in "," + closing:
                self.fail(here, f"expected a comma or {closing}")
            place.entries.append(Entry(key, value, at, value.end, at))
            if self.text[here] == ",":
                here = self.space(here + 1)
        place.end = here + 1
        self.widen(place)
        return place

    @staticmethod
    def widen(place):
        """An entry of a flow takes the comma before it along, the first one that behind it."""
        for number, entry in enumerate(place.entries):
            if number:
                entry.start = place.entries[number - 1].value.end
            elif len(place.entries) > 1:
                entry.end = place.entries[1].at


def read(text):
    return Reader(text).read()


def plain_text(text, place):
    """What a scalar says, on one line."""
    raw = text[place.start:place.end]
    return unquoted(" ".join(raw.split()))
