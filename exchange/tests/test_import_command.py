"""What the command says and writes: explanations, codes, refused rows, progress without a terminal, safe reports."""

import csv
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from exchange.importing.explain import code_lists
from organizations.models import Organization
from services.models import Service

pytestmark = pytest.mark.django_db
FILES = Path(__file__).parent / "files"
LIVE = ("=", "+", "-", "@", "\t", "\r")


def test_a_mapping_is_explained_by_the_first_rows(capsys):
    call_command("import_listings", FILES / "clinics.csv", explain=FILES / "clinics.yml")
    told = capsys.readouterr().out
    assert "service.title = Тест на ВИЧ и чай  ← Услуга: Тест на ВИЧ и чай" in told
    assert "service.types = " in told and "hiv_rapid_test" in told
    assert "← Дни, Открыто с, Закрыто в: будни; 9:00; 17:00" in told
    assert not Organization.objects.exists()


def test_the_codes_are_listed(capsys):
    call_command("import_listings", codes=True)
    told = capsys.readouterr().out
    assert {"  walk_in  Можно просто прийти", "service.types"} <= {*told.splitlines()}
    assert "  hiv_rapid_test  " in told and "  plhiv  " in told
    assert all(codes for _field, codes in code_lists())


def test_refused_rows_go_to_a_file_and_the_others_arrive(tmp_path, capsys):
    lines = (FILES / "clinics.csv").read_bytes().decode("utf-8-sig").split("\r\n")
    lines[3] = lines[3].replace(";еда;", ";сауна;")
    (tmp_path / "clinics.csv").write_bytes("\r\n".join(lines).encode())
    call_command("import_listings", tmp_path / "clinics.csv", mapping=FILES / "clinics.yml", skip_refused=Path())
    assert Service.objects.count() == 5
    left = tmp_path / "clinics.refused.csv"
    assert str(left) in capsys.readouterr().out
    left.write_text(left.read_text(encoding="utf-8-sig").replace("сауна", "еда"), encoding="utf-8")
    call_command("import_listings", left, mapping=FILES / "clinics.yml")
    assert Service.objects.count() == 6
    call_command("import_listings", FILES / "clinics.csv", mapping=FILES / "clinics.yml")
    assert "6" in capsys.readouterr().out.split("без изменений")[-1].split("\n")[0]


def test_reports_and_refused_rows_hold_no_live_formula(tmp_path):
    text = (FILES / "clinics.csv").read_bytes().decode("utf-8-sig").replace("К 05", "=1+1").replace("врач;", "@врач;")
    (tmp_path / "t.csv").write_bytes(text.encode())
    options = {"mapping": FILES / "clinics.yml", "report": tmp_path / "r.csv", "skip_refused": tmp_path / "left.csv"}
    call_command("import_listings", tmp_path / "t.csv", **options)
    for name in ("r.csv", "left.csv"):
        with (tmp_path / name).open(encoding="utf-8-sig") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert any("1+1" in cell for cell in cells)
        assert not [cell for cell in cells if cell.startswith(LIVE)]


def test_progress_is_told_without_a_terminal(tmp_path, capsys):
    call_command("import_listings", FILES / "clinics.csv", mapping=FILES / "clinics.yml", dry_run=True)
    told = capsys.readouterr().out
    assert "6 из 6" in told
    assert "Строк в файле: 6" in told.splitlines()  # each on a line of its own


@pytest.mark.parametrize("name", ["old.xls", "page.html", "pack.zip", "table.ods"])
def test_what_is_not_read_is_told_what_is(name, tmp_path):
    content = {"old.xls": b"\xd0\xcf\x11\xe0", "pack.zip": b"PK\x03\x04", "table.ods": b"PK\x03\x04"}
    (tmp_path / name).write_bytes(content.get(name, b"<html/>"))
    with pytest.raises(CommandError, match="CSV, XLSX, KML, GeoJSON"):
        call_command("import_listings", tmp_path / name, mapping=FILES / "clinics.yml")
