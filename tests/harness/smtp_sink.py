"""A mail server on this machine that takes mails, refuses them, or breaks off where it is told."""

import contextlib
import re
import socketserver
import threading
import time
from email import message_from_bytes


class Sink(socketserver.ThreadingTCPServer):
    """Keeps what it accepted; `mood` is what it does to the next session.

    moods: "takes", "greets 421", "silent greeting", "drops at RCPT", "RCPT 450", "RCPT 550",
    "drops at DATA", "drops in the text", "drops after the text", "takes and drops",
    "451 after the text", "554 after the text", "silent after the text", "drops at QUIT",
    "silent at QUIT".
    """

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Session)
        self.mood = "takes"
        self.taken = []
        self.silence = 3.0
        self.on_text = lambda: None
        self.thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    @property
    def port(self):
        return self.server_address[1]

    def take(self, content):
        self.taken.append(message_from_bytes(content)["Message-ID"])

    def stop(self):
        self.shutdown()
        self.server_close()
        self.thread.join()

    def handle_error(self, request, client_address):
        """A client that went away is what these tests are about."""


class Session(socketserver.StreamRequestHandler):
    """One SMTP session, in the mood the server is in when it begins."""

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())
        self.wfile.flush()

    def handle(self):
        self.mood = self.server.mood
        if self.mood == "silent greeting":
            time.sleep(self.server.silence)
            return
        if self.mood == "greets 421":
            self.say("421 busy")
            return
        self.say("220 sink")
        with contextlib.suppress(OSError):
            while line := self.rfile.readline():
                if not self.answer(line.split()[0].upper().decode()):
                    return

    def answer(self, verb):
        """Whether the session goes on."""
        act = getattr(self, f"on_{verb.lower()}", None)
        if act:
            return act()
        self.say("250 fine")
        return True

    def on_rcpt(self):
        if self.mood == "drops at RCPT":
            return False
        self.say({"RCPT 450": "450 busy", "RCPT 550": "550 unknown"}.get(self.mood, "250 fine"))
        return True

    def on_data(self):
        if self.mood == "drops at DATA":
            return False
        self.say("354 go on")
        if self.mood == "drops in the text":
            return False
        content = b""
        while not content.endswith(b"\r\n.\r\n"):
            content += self.rfile.readline()
        self.server.on_text()
        return self.after_text(content)

    def after_text(self, content):
        if refusal := re.match(r"(451|554) after", self.mood):
            self.say(f"{refusal[1]} not now")
            return True
        if self.mood == "silent after the text":
            time.sleep(self.server.silence)
        if self.mood in ("drops after the text", "silent after the text"):
            return False
        self.server.take(content)
        if self.mood == "takes and drops":
            return False
        self.say("250 taken")
        return True

    def on_quit(self):
        if self.mood == "silent at QUIT":
            time.sleep(self.server.silence)
        elif self.mood != "drops at QUIT":
            self.say("221 bye")
        return False
