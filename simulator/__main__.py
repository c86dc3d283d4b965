"""`python -m simulator --port 8080`: the simulator alone, for a bot started elsewhere."""

from __future__ import annotations

import argparse
import asyncio

from simulator.running import run_simulator
from simulator.world import World


async def _serve(port: int, token: str | None) -> None:
    world = World(bot_token=token)
    for label in ("Sekretariat", "Camat Air Joman", "Bupati"):
        world.add_person(label)
    async with run_simulator(port, world=world) as simulator:
        print(f"Simulator Telegram: {simulator.url}")
        print(f"Alamat Bot API (telegram.api_url): {simulator.url}")
        print(f"Token bot (telegram.token): {world.token}")
        await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m simulator", description=__doc__)
    parser.add_argument("--port", type=int, default=8080, help="port on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--token", help="the bot's token; a new one is made by default")
    arguments = parser.parse_args()
    try:
        asyncio.run(_serve(arguments.port, arguments.token))
    except OSError:
        raise SystemExit(f"Port {arguments.port} tidak dapat dipakai. Coba --port lain.") from None
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
