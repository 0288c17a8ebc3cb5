"""A process that asks as the seller whenever it is told to, while two of its threads ask all the time.

python -m tests.door.worker URL TOKEN

It prints `ready`, and then for each line on standard input what a session and what the Web API found: a number, or the
code of the refusal.
"""

import sys
import threading

import handsel
from handsel import HandselError, Session
from tests.webapi.client import Api


def main() -> None:
    """Answer until standard input ends."""
    url, token = sys.argv[1:]
    with handsel.open(url, user="seller") as session:
        from handsel.site.wsgi import make_application

        api = Api(make_application(url), token, url)
        done = threading.Event()
        threads = [threading.Thread(target=_ask_on, args=(api, done)) for _ in range(2)]
        for thread in threads:
            thread.start()
        print("ready", flush=True)
        for _line in sys.stdin:
            print(_by_session(session), _by_api(api), flush=True)
        done.set()
        for thread in threads:
            thread.join()


def _ask_on(api: Api, done: threading.Event) -> None:
    while not done.wait(0.01):
        api.get("accounts/$count")


def _by_session(session: Session) -> str:
    try:
        return str(session.count("account"))
    except HandselError as error:
        return error.code.text


def _by_api(api: Api) -> str:
    reply = api.get("accounts/$count")
    return reply.body.decode().lstrip("\ufeff") if reply.status == 200 else reply.code


if __name__ == "__main__":
    main()
