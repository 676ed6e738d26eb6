"""What stands before the house in public: a port for http and https, and a proxy's words."""

import datetime as dt
import re
import socket
import ssl
import threading
from contextlib import contextmanager, suppress

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

# The first byte of a TLS handshake.
HANDSHAKE = 0x16
LARGEST_HEAD = 65536


def make_certificates(folder):
    """An authority of our own and a certificate for localhost: their files."""
    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _pair in range(2))
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "WeGO Members drill")])
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    authority = certificate(issuer, issuer, authority_key.public_key(), authority_key, ca=True)
    own = certificate(subject, issuer, key.public_key(), authority_key, ca=False)
    pem = serialization.Encoding.PEM
    (folder / "authority.pem").write_bytes(authority.public_bytes(pem))
    (folder / "localhost.pem").write_bytes(
        own.public_bytes(pem)
        + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / "authority.pem", folder / "localhost.pem"


def certificate(subject, issuer, public_key, signing_key, *, ca):
    """One certificate, good for today."""
    now = dt.datetime.now(dt.UTC)
    names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(names, critical=False)
    )
    return builder.sign(signing_key, hashes.SHA256())


@contextmanager
def tls_front(port, behind, certificate_file):
    """Passes requests at a port on to the house behind, saying by which way they came."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate_file)
    listener = socket.create_server(("127.0.0.1", port), backlog=64)

    def accept():
        with suppress(OSError):
            while True:
                link, _address = listener.accept()
                threading.Thread(target=serve, args=(link, behind, context), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield
    finally:
        listener.close()


def serve(link, behind, context):
    """One request and its answer."""
    with suppress(OSError), link:
        link.settimeout(60)
        first = link.recv(1, socket.MSG_PEEK)
        if first and first[0] == HANDSHAKE:
            with context.wrap_socket(link, server_side=True) as client:
                pass_on(client, behind, "https")
        elif first:
            pass_on(link, behind, "http")


def pass_on(client, behind, scheme):
    """A request to the house, and what it answers back."""
    with socket.create_connection(("127.0.0.1", behind), timeout=60) as house:
        house.sendall(read_request(client, scheme))
        while part := house.recv(65536):
            client.sendall(part)


def read_request(client, scheme):
    """The head of a request with a proxy's words in it; what is asked here has no body."""
    head = b""
    while b"\r\n\r\n" not in head and len(head) < LARGEST_HEAD:
        part = client.recv(65536)
        if not part:
            break
        head += part
    line, _newline, rest = head.partition(b"\r\n")
    rest = re.sub(rb"(?im)^(connection|x-forwarded-\w+):[^\r\n]*\r\n", b"", rest)
    words = f"X-Forwarded-Proto: {scheme}\r\nX-Forwarded-For: 203.0.113.7\r\nConnection: close\r\n"
    return line + b"\r\n" + words.encode() + rest
