"""A small front: TLS on one port, plain HTTP on another, both lead to the site."""

import asyncio
import contextlib
import ssl
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from drills.site import free_port


def make_certificate(folder: Path, *, host: str) -> tuple[Path, Path]:
    """Write a self-signed certificate for `host` and its key; return both paths."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate_file = folder / "front.crt"
    key_file = folder / "front.key"
    certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return certificate_file, key_file


class TlsFront:
    """Listens on `http_port` and `https_port` and passes requests on to the site's port.

    One request per connection, with the two headers a trusted proxy writes.
    """

    def __init__(self, *, site_port: int, folder: Path, host: str) -> None:
        self.site_port = site_port
        self.http_port = free_port()
        self.https_port = free_port()
        self.certificate, key = make_certificate(folder, host=host)
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(self.certificate, key)
        self._loop = asyncio.new_event_loop()

    def __enter__(self) -> Self:
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)

    async def _listen(self) -> None:
        await asyncio.start_server(lambda r, w: self._pass_on(r, w, "http"), "127.0.0.1", self.http_port)
        await asyncio.start_server(
            lambda r, w: self._pass_on(r, w, "https"), "127.0.0.1", self.https_port, ssl=self._tls
        )

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, scheme: str) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            head = await reader.readuntil(b"\r\n\r\n")
            first, *lines = head[:-4].split(b"\r\n")
            ours = (b"x-forwarded-for", b"x-forwarded-proto", b"connection")
            kept = [line for line in lines if line.partition(b":")[0].strip().lower() not in ours]
            added = [
                b"X-Forwarded-For: 203.0.113.7",
                f"X-Forwarded-Proto: {scheme}".encode(),
                b"Connection: close",
            ]
            from_site, to_site = await asyncio.open_connection("127.0.0.1", self.site_port)
            to_site.write(b"\r\n".join([first, *kept, *added]) + b"\r\n\r\n")
            upwards = asyncio.ensure_future(self._copy(reader, to_site))
            await self._copy(from_site, writer)
            upwards.cancel()
            to_site.close()
        writer.close()

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while block := await reader.read(65_536):
                writer.write(block)
                await writer.drain()
