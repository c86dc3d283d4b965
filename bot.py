"""Kawal's way in: `python bot.py run | demo | setup | invite | check | backup | restore | copy-database | …`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from config import ConfigError, load_settings
from models.people import Capacity, Role


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks; returns the exit status."""
    options = _parser().parse_args(arguments)
    # Database, evidence, papers and backups hold personal data: whatever is created is the owner's alone.
    os.umask(0o077)
    try:
        return _dispatch(options)
    except ConfigError as problem:
        print(f"Pengaturan perlu diperbaiki:\n{problem}", file=sys.stderr)
    except KeyboardInterrupt:
        print("Berhenti.", file=sys.stderr)
        return 130
    return 1


def _dispatch(options: argparse.Namespace) -> int:
    # Each command loads only what it needs, so that the short ones answer at once.
    match options.command:
        case "run":
            from console import run

            return run.main(load_settings(options.config))
        case "demo":
            from console import demo

            return demo.main(options.port, play=options.play)
        case "setup":
            from console import setup

            return setup.main(options.config)
        case "invite":
            from console import invite

            return invite.main(load_settings(options.config), Role(options.role), options.unit, options.name,
                               Capacity(options.capacity))  # fmt: skip
        case "check":
            from console import check

            return check.main(options.config)
        case "backup":
            from console import backup

            return backup.backup(load_settings(options.config), options.file)
        case "restore":
            from console import backup

            return backup.restore_from(load_settings(options.config), options.file, overwrite=options.overwrite)
        case "copy-database":
            from console import copy_database

            return copy_database.main(load_settings(options.config), options.to)
        case "set-aside":
            from console import set_aside

            return set_aside.main(load_settings(options.config), retry=options.retry, drop=options.drop)
        case "forget":
            from console import forget

            return forget.main(load_settings(options.config), options.member, yes=options.yes,
                               evidence=options.with_evidence)  # fmt: skip
    raise AssertionError(options.command)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python bot.py", description="Kawal Arahan: tindak lanjut arahan rapat.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="perintah")

    def command(name: str, text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.add_argument("--config", type=Path, help="berkas pengaturan; tanpa ini config.toml di folder program")
        return sub

    command("run", "menjalankan bot dengan token dari pengaturan")
    demo = commands.add_parser("demo", help="mencoba semuanya di komputer ini, tanpa token dan tanpa internet")
    demo.add_argument("--port", type=int, default=8080, help="port halaman demo (bawaan 8080)")
    demo.add_argument("--play", action="store_true", help="memainkan cerita tanpa peramban, mencetak percakapannya")
    command("setup", "menanyakan token, memeriksanya, menulis pengaturan, mencetak tautan admin pertama")
    invite = command("invite", "membuat tautan undangan; boleh selagi bot berjalan")
    invite.add_argument("--role", required=True, choices=[role.value for role in Role])
    invite.add_argument("--unit", help="kode unit dari units.csv, misalnya 12.09.09")
    invite.add_argument("--name", help="untuk siapa undangan ini")
    invite.add_argument(
        "--capacity", default=Capacity.DEFINITIF.value, choices=[capacity.value for capacity in Capacity]
    )
    command("check", "memeriksa pengaturan, basis data, token, dan daftar unit")
    command("backup", "mencadangkan basis data dan berkas ke satu arsip; boleh selagi bot berjalan").add_argument(
        "file", type=Path, help="arsip yang ditulis, misalnya kawal.zip"
    )
    restore = command("restore", "memulihkan basis data dan berkas dari arsip; bot harus berhenti")
    restore.add_argument("file", type=Path)
    restore.add_argument("--overwrite", action="store_true", help="menggantikan yang ada (yang lama disisihkan)")
    copy = command("copy-database", "menyalin semua ke basis data lain yang kosong, misalnya dari SQLite ke PostgreSQL")
    copy.add_argument("--to", required=True, metavar="URL", help="misalnya postgresql://kawal:sandi@host/kawal")
    aside = command("set-aside", "pesan yang gagal diproses; boleh selagi bot berjalan").add_mutually_exclusive_group()
    aside.add_argument("--retry", action="store_true", help="memproses semuanya lagi, setelah penyebabnya diperbaiki")
    aside.add_argument("--drop", action="store_true", help="membuang semuanya")
    forget = command("forget", "menghapus data pribadi seorang pengguna (UU 27/2022); tugas dan angkanya tetap")
    forget.add_argument("member", help="nomor pengguna, ID Telegram, atau nama lengkapnya")
    forget.add_argument("--yes", action="store_true", help="tanpa bertanya lagi")
    forget.add_argument("--with-evidence", action="store_true", help="berkas bukti yang dikirimnya ikut dihapus")
    return parser


if __name__ == "__main__":
    sys.exit(main())
