"""Downloads a file whose checksum is known, and says in plain words why that failed.

No address can hold it up for long, and none can fill the memory. What is downloaded, and what is
done with it, is the business of core/datasets/mnist.py.
"""

from __future__ import annotations

import hashlib
import http.client
import queue
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Sequence

SILENCE = 8.0  # seconds without a byte after which a download is given up
BLOCK = 1 << 16  # bytes read at a time at the most: small enough for a smooth progress bar


class DownloadError(RuntimeError):
    """No address gave the file. The message names each one and what went wrong there."""


def download(
    addresses: Sequence[str], checksum: str, most: int, on_bytes: Callable[[int], None]
) -> bytes:
    """The file with this MD5 from the first address that has it right.

    most: more bytes than this cannot be the file. on_bytes hears how many have come. Raises
    DownloadError.
    """
    reasons = []
    for address in addresses:
        try:
            content = transfer(address, SILENCE / len(addresses), on_bytes, most)
        except (OSError, http.client.HTTPException, ValueError) as error:
            reasons.append(f"{host_of(address)}: {plain(error)}")
            continue
        if hashlib.md5(content).hexdigest() == checksum:
            return content
        reasons.append(f"{host_of(address)}: what it sent is not the right file (wrong checksum)")
    raise DownloadError("; ".join(reasons))


def transfer(url: str, patience: float, on_bytes: Callable[[int], None], most: int) -> bytes:
    """The bytes behind `url`. Raises TimeoutError after `patience` seconds without a byte, and
    ConnectionError for a transfer that breaks off or goes on beyond `most` bytes.

    A thread does the reading, because looking up a host's name cannot be given a time limit.
    """
    blocks: queue.Queue[bytes | Exception | int] = queue.Queue()
    enough = threading.Event()
    arguments = (url, patience, blocks, enough)
    threading.Thread(target=read_blocks, args=arguments, daemon=True).start()
    content, expected = bytearray(), None
    try:
        while True:
            try:
                block = blocks.get(timeout=patience)
            except queue.Empty:
                raise TimeoutError from None
            if isinstance(block, Exception):
                raise block
            if isinstance(block, int):
                expected = block
            elif block:
                content += block
                if len(content) > most:
                    raise ConnectionError("what it sent is not the right file (too long)")
                on_bytes(len(content))
            elif expected is not None and len(content) != expected:
                raise ConnectionError(f"broke off after {len(content):,} of {expected:,} bytes")
            else:
                return bytes(content)
    finally:
        enough.set()


def read_blocks(
    url: str,
    patience: float,
    blocks: queue.Queue[bytes | Exception | int],
    enough: threading.Event,
) -> None:
    """Puts the announced length, if any, then bytes as they come, and b"" at the end, or the error.

    It ends early once nobody wants more.
    """
    try:
        with urllib.request.urlopen(url, timeout=patience) as response:
            if length := response.headers.get("Content-Length"):
                blocks.put(int(length))
            while not enough.is_set() and (block := response.read1(BLOCK)):
                blocks.put(block)
            blocks.put(b"")
    except Exception as error:  # whatever it is, the reader of the queue has to hear of it
        blocks.put(error)


def host_of(address: str) -> str:
    """The part of an address that a person recognises."""
    try:
        return urllib.parse.urlsplit(address).hostname or address
    except ValueError:  # an address that is none
        return address


def plain(error: Exception) -> str:
    """An error in plain words."""
    if isinstance(error, urllib.error.HTTPError):
        return f"answered with error {error.code}"
    if isinstance(error, urllib.error.URLError):
        error = error.reason if isinstance(error.reason, Exception) else error
    if isinstance(error, TimeoutError):
        return "did not answer in time"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower() if error.filename is None else error.strerror
    return str(error) or type(error).__name__
