"""What a PDF may hold, judged on its bytes before a parser unpacks anything.

A stream of 20 kB can unpack to 20 MB; a page of 2 MB of commands is more than any page of words has.
"""

import re
import zlib

MAX_STREAM = 2 * 2**20  # unpacked, of commands, tables and fonts' maps
MAX_FONT = 30 * 2**20
MAX_PICTURE = 150 * 2**20
MAX_COMMANDS = 24 * 2**20  # of all streams that are neither pictures nor fonts
MAX_ODDLY_PACKED = 100_000  # bytes of a stream packed in another way or twice
MAX_STREAMS = 50_000

_STREAM = re.compile(rb"stream\r?\n")
_PICTURE = re.compile(rb"/Subtype\s*/Image|/(?:DCT|JPX|JBIG2|CCITTFax)Decode")
_FONT = re.compile(rb"/Length1\b|/Subtype\s*/(?:Type1C|CIDFontType0C|OpenType)")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_ODD = re.compile(rb"/(?:LZWDecode|LZW|RunLengthDecode|RL|ASCII85Decode|A85|ASCIIHexDecode|AHx)\b")


def is_locked(content: bytes) -> bool:
    """Whether a password guards the file, be it only against copying."""
    return re.search(rb"/Encrypt\s*(?:[0-9]+\s+[0-9]+\s+R|<<)", content) is not None


def is_bomb(content: bytes) -> bool:
    commands = count = 0
    for start in _STREAM.finditer(content):
        count += 1
        head = content[max(0, start.start() - 1500) : start.start()]
        head = head[max(head.rfind(b" obj"), head.rfind(b"\nendobj"), 0) :]
        if head.endswith(b"end"):
            continue
        limit = _limit(head)
        size = _unpacked_size(content, start.end(), head, limit)
        commands += size if limit == MAX_STREAM else 0
        if size > limit or commands > MAX_COMMANDS or count > MAX_STREAMS:
            return True
    return False


def _limit(head: bytes) -> int:
    if _PICTURE.search(head):
        return MAX_PICTURE
    return MAX_FONT if _FONT.search(head) else MAX_STREAM


def _unpacked_size(content: bytes, start: int, head: bytes, limit: int) -> int:
    """In bytes, or something above `limit` as soon as it is passed."""
    end = content.find(b"endstream", start)
    length = (end if end >= 0 else len(content)) - start
    layers = len(_FLATE.findall(head))
    if layers > 1:  # nobody packs twice who means well
        return limit + 1
    if _ODD.search(head):
        return limit + 1 if length > MAX_ODDLY_PACKED and not _PICTURE.search(head) else length
    if not layers:
        return length
    size, unpacker, at = 0, zlib.decompressobj(), start
    tail = b""
    while size <= limit and (tail or at < len(content)) and not unpacker.eof:
        piece = tail or content[at : at + 65_536]
        at += 0 if tail else len(piece)
        try:
            size += len(unpacker.decompress(piece, 1 << 20))
        except zlib.error:
            break
        tail = unpacker.unconsumed_tail
    return size
