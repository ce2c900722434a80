"""Downloads a file whose checksum is known, and says in plain words why that failed.

No address can hold it up for long, and none can fill the memory: while one is silent the next is
asked as well. What is downloaded, and what is done with it, is the business of
core/datasets/mnist.py.
"""

from __future__ import annotations

import hashlib
import http.client
import queue
import ssl
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Sequence

SILENCE = 8.0  # seconds without a first byte after which an address is given up
HEAD_START = 1.0  # seconds of silence after which the next address is asked beside it
BLOCK = 1 << 16  # bytes read at a time at the most: small enough for a smooth progress bar


class DownloadError(RuntimeError):
    """No address gave the file. The message names each one and what went wrong there; `inspected`:
    something on the way looks into connections, as many schools have it."""

    def __init__(self, reasons: Sequence[str], inspected: bool) -> None:
        super().__init__("; ".join(reasons))
        self.inspected = inspected


class Transfer:
    """The bytes behind `url`, read in a thread, because looking up a host's name cannot be given a
    time limit. It puts itself into `answers` when its first bytes come, or its error."""

    def __init__(self, url: str, answers: queue.Queue[Transfer]) -> None:
        self.url = url
        self.began = time.monotonic()
        self._answers = answers
        # the announced length, if any, then bytes as they come, and b"" at the end, or the error
        self._blocks: queue.Queue[bytes | Exception | int] = queue.Queue()
        self._enough = threading.Event()
        threading.Thread(target=self._read, args=(SILENCE,), daemon=True).start()

    def content(self, on_bytes: Callable[[int], None], most: int, patience: float) -> bytes:
        """All of it. Raises TimeoutError after `patience` seconds without a byte, ConnectionError
        for a transfer that breaks off or goes on beyond `most` bytes, and what went wrong in
        reading."""
        content, expected = bytearray(), None
        try:
            while True:
                try:
                    block = self._blocks.get(timeout=patience)
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
            self.leave()

    def leave(self) -> None:
        """Nobody wants more of it."""
        self._enough.set()

    def _read(self, patience: float) -> None:
        answered = False
        try:
            with urllib.request.urlopen(self.url, timeout=patience) as response:
                if length := response.headers.get("Content-Length"):
                    self._blocks.put(int(length))
                while not self._enough.is_set() and (block := response.read1(BLOCK)):
                    self._blocks.put(block)
                    if not answered:
                        self._answers.put(self)
                    answered = True
                self._blocks.put(b"")
        except Exception as error:  # whatever it is, the reader of the queue has to hear of it
            self._blocks.put(error)
        if not answered:
            self._answers.put(self)


def download(
    addresses: Sequence[str], checksum: str, most: int, on_bytes: Callable[[int], None]
) -> bytes:
    """The file with this MD5 from the first address that has it right.

    An address that is silent for HEAD_START seconds has the next one asked beside it, so that each
    has as long to answer, however many there are; whoever falls silent later is left for the next
    the sooner, the more there are. most: more bytes than this cannot be the file.
    on_bytes hears how many have come. Raises DownloadError.
    """
    reasons, inspected = [], False
    answers: queue.Queue[Transfer] = queue.Queue()
    not_asked, asked = list(addresses), []
    try:
        while not_asked or asked:
            if not_asked:
                asked.append(Transfer(not_asked.pop(0), answers))
            answered = _first_to_answer(asked, answers, HEAD_START if not_asked else SILENCE)
            if answered is None:
                if not not_asked:
                    reasons += [f"{host_of(each.url)}: {plain(TimeoutError())}" for each in asked]
                    break
                continue
            asked.remove(answered)
            try:
                content = answered.content(on_bytes, most, SILENCE / len(addresses))
            except (OSError, http.client.HTTPException, ValueError) as error:
                reasons.append(f"{host_of(answered.url)}: {plain(error)}")
                inspected |= is_inspected(error)
                continue
            if hashlib.md5(content).hexdigest() == checksum:
                return content
            what = "what it sent is not the right file (wrong checksum)"
            reasons.append(f"{host_of(answered.url)}: {what}")
    finally:
        for each in asked:
            each.leave()
    raise DownloadError(reasons, inspected)


def _first_to_answer(
    asked: Sequence[Transfer], answers: queue.Queue[Transfer], patience: float
) -> Transfer | None:
    """The next that has something to say; None: nobody, for `patience` seconds, or until the newest
    has had its time."""
    left = asked[-1].began + SILENCE - time.monotonic()
    try:
        return answers.get(timeout=max(0.0, min(patience, left)))
    except queue.Empty:
        return None


def is_inspected(error: Exception) -> bool:
    """Whether a certificate is not one that this machine trusts."""
    return isinstance(getattr(error, "reason", error), ssl.SSLCertVerificationError)


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
    if isinstance(error, ssl.SSLCertVerificationError):
        return "its certificate is not one that this machine trusts"
    if isinstance(error, TimeoutError):
        return "did not answer in time"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower() if error.filename is None else error.strerror
    return str(error) or type(error).__name__
