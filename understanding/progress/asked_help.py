"""Whose help a report asks for, in its own words."""

from __future__ import annotations

from collections.abc import Sequence

from understanding.progress.spelling import words_of
from understanding.progress.tokens import Token

_ASKING = words_of("mohon minta butuh perlu tolong harap berharap membutuhkan memerlukan diharapkan dimohon menunggu")
_HELP = words_of(
    "bantuan bantu dibantu dukungan didukung fasilitasi difasilitasi koordinasi dikoordinasikan intervensi persetujuan "
    "rekomendasi izin tindak jawaban tanggapan konfirmasi sk disposisi hasil pencairan kiriman penjelasan arahan petunjuk "
    "pendampingan dampingi didampingi kehadiran bimbingan turun"
)
# A body or an office begins with one of these.
_BODIES = words_of(
    "dinas badan bagian kantor sekretariat kementerian kementrian pt cv pln pdam bpn bpbd bpkad bappeda bapperida bapenda "
    "bappenda bkpsdm inspektorat satpol polres polsek kodim koramil camat lurah kades kepala kadis kaban kabag kapus "
    "kapolsek danramil puskesmas rsud bulog baznas kominfo diskominfo dinkes disdik dinsos dishub dlh distan dpmptsp "
    "pupr putr perkim pmd dpmd ketapang koperindag kejaksaan kejari bws balai pemprov provinsi pemkab pemdes pusat bupati "
    "wabup sekda asisten dprd bank bri pertamina perhutani bksda kph telkom telkomsel setda setdakab disperindag disnaker "
    "diskop disbun perikanan dppkb bpjs kemenag bps kpu bawaslu forkopimda tapd pkk tni polri kpp samsat upt uptd dispora "
    "disdukcapil dukcapil capil kesbangpol damkar perpustakaan disketapang bpk"
)
_ENDS = words_of(
    "untuk agar supaya karena dalam terkait tentang guna sehingga bila mengenai atas segera perihal soal demi buat dapat "
    "bisa turun membantu yang mohon terima besok minggu sampai kiranya berkenan sudah belum tidak akan ini"
)


def _asked_before(tokens: Sequence[Token], index: int) -> bool:
    clause = tokens[index].clause
    before = [token.word for token in tokens[max(0, index - 8) : index] if token.clause == clause]
    if not any(word in _ASKING for word in before):
        return False
    # "perlu pompa dari Dinas PUTR"
    return any(word in _HELP for word in before) or before[-1] in _ASKING or before[-1] == "dari"


def find_helper(tokens: Sequence[Token], text: str) -> str | None:
    """The words that name whose help is asked for ("Dinas PUTR", "BPN"), or None."""
    for index, token in enumerate(tokens):
        body = token.word in _BODIES or (
            token.word == "pak" and index + 1 < len(tokens) and tokens[index + 1].word in _BODIES
        )
        if not body or not _asked_before(tokens, index):
            continue
        last = index
        while last + 1 < len(tokens) and last - index < 7:
            following = tokens[last + 1]
            if (
                following.clause != token.clause
                or following.kind not in ("word", "slash", "mark")
                or following.word in _ENDS
            ):
                break
            last += 1
        while last > index and tokens[last].kind != "word":
            last -= 1
        return text[token.start : tokens[last].end]
    return None
